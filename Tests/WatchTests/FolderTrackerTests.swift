import Disk
import Glibc
import SystemPackage
import Testing
import Watch

@Suite(.timeLimit(.minutes(1))) struct FolderTrackerTests {
    let inbox: TemporaryInbox

    init() throws {
        inbox = try TemporaryInbox()
        try inbox.makeFolder("batch")
    }

    @Test("whichever way a file comes in, it settles once, 2 s later", arguments: Arrival.all)
    func arrivals(arrival: Arrival) async throws {
        var tracked = try await TrackedInbox(inbox)
        try arrival.bring(inbox)
        let events = try await tracked.events()
        for file in arrival.files { #expect(events.filter { $0 == .unsettled(file) }.count == 1) }
        #expect(tracked.events(after: .milliseconds(1900)).isEmpty)
        let settled = tracked.events(after: .milliseconds(100)).compactMap(\.settledPath)
        #expect(Set(settled) == arrival.files && settled.count == arrival.files.count)
        #expect(tracked.eventsOfRescan().isEmpty)
        #expect(tracked.events(after: .seconds(1000)).isEmpty)
    }

    @Test("files that were there before settle in the same way", arguments: Arrival.all)
    func wereThere(arrival: Arrival) async throws {
        try arrival.bring(inbox)
        var tracked = try await TrackedInbox(inbox)
        let unsettled = tracked.told()
        #expect(Set(unsettled) == Set(arrival.files.map { .unsettled($0) }))
        #expect(tracked.events(after: .milliseconds(1900)).isEmpty)
        #expect(Set(tracked.events(after: .milliseconds(100)).compactMap(\.settledPath)) == arrival.files)
    }

    @Test("a file that a writer still has open isn't settled, however long it pauses")
    func writerLeft() async throws {
        var tracked = try await TrackedInbox(inbox)
        let writer = try inbox.writer("batch/slow.wav")
        _ = try writer.writeAll("first".utf8)
        #expect(try await tracked.events() == [.unsettled("batch/slow.wav")])
        for _ in 0..<5 { #expect(tracked.events(after: .seconds(5)).isEmpty) }
        _ = try writer.writeAll("second".utf8)
        try writer.close()
        #expect(try await tracked.events().isEmpty)
        #expect(tracked.events(after: .milliseconds(1900)).isEmpty)
        #expect(tracked.events(after: .milliseconds(100)).map(\.settledPath) == ["batch/slow.wav"])
    }

    @Test("a settled file that changes is unsettled and settles anew; one that is opened or read is not")
    func changes() async throws {
        try inbox.write("one", to: "a.wav")
        var tracked = try await TrackedInbox(inbox)
        _ = tracked.told()
        let first = tracked.events(after: .seconds(2))
        _ = try inbox.folder.contents(of: "a.wav", limit: 10)
        try inbox.writer("a.wav").close()
        #expect(try await tracked.events().isEmpty)
        try inbox.write("two", to: "a.wav")
        #expect(try await tracked.events() == [.unsettled("a.wav")])
        let second = tracked.events(after: .seconds(2))
        #expect(second.map(\.settledPath) == ["a.wav"] && second != first)
    }

    @Test("a change that no event tells of is found by the next scan")
    func changedBehindTheScenes() async throws {
        try inbox.write("one", to: "x", in: inbox.outside)
        try inbox.check(link(inbox.outside.appending("x").string, inbox.inbox.appending("a.wav").string))
        var tracked = try await TrackedInbox(inbox)
        _ = tracked.told()
        #expect(tracked.events(after: .seconds(2)).count == 1)
        try inbox.write("two", to: "x", in: inbox.outside)
        #expect(try await tracked.events().isEmpty)
        #expect(tracked.eventsOfRescan() == [.unsettled("a.wav")])
        #expect(tracked.events(after: .seconds(2)).count == 1)
    }

    @Test("what is never looked into is told once, with the reason; the service's own isn't told")
    func ignored() async throws {
        for folder: FilePath in [".heygem-watch", "_archive/1", "_failed", "batch/_archive", "@eaDir", ".git"] {
            try inbox.makeFolder(folder)
            try inbox.write("x", to: folder.appending("x.wav"))
        }
        try inbox.check(symlink("x.wav", inbox.inbox.appending("link.wav").string))
        try inbox.check(mkfifo(inbox.inbox.appending("pipe.wav").string, 0o600))
        try inbox.write("x", to: "half.part")
        let expected: Set<WatchEvent> = [
            .ignored("link.wav", .symlink), .ignored("pipe.wav", .special), .ignored("half.part", .temporary),
            .ignored("@eaDir", .junk), .ignored(".git", .hidden), .unsettled("batch/_archive/x.wav"),
            .stirred("half.part"),
        ]
        var tracked = try await TrackedInbox(inbox)
        #expect(Set(tracked.told()) == expected)
        #expect(tracked.eventsOfRescan().isEmpty)
        #expect(tracked.events(after: .seconds(2)).map(\.settledPath) == ["batch/_archive/x.wav"])
        try inbox.write("y", to: "half.part")
        try inbox.write("y", to: "_archive/1/y.wav")
        #expect(try await tracked.events() == [.stirred("half.part")])
        try inbox.folder.remove("half.part")
        try inbox.folder.remove("link.wav")
        try inbox.write("now a file", to: "link.wav")
        #expect(try await Set(tracked.events()) == [.gone("half.part"), .unsettled("link.wav")])
    }

    @Test("files that the service writes itself are told of, when they come and when they go, and never looked into")
    func own() async throws {
        var settings = WatchSettings()
        settings.isOwnFile = { $0.string.hasSuffix(".error.txt") }
        try inbox.write("x", to: "batch/batch.ready.error.txt")
        var tracked = try await TrackedInbox(inbox, settings: settings)
        #expect(tracked.told() == [.ignored("batch/batch.ready.error.txt", .own)])
        try inbox.write("y", to: "monday.batch.error.txt")
        try inbox.write("z", to: "batch/batch.ready.error.txt")
        #expect(try await tracked.events() == [.ignored("monday.batch.error.txt", .own)])
        try inbox.folder.remove("batch/batch.ready.error.txt")
        #expect(try await tracked.events() == [.gone("batch/batch.ready.error.txt")])
        #expect(tracked.events(after: .seconds(1000)).isEmpty)
    }

    @Test("a file with a symlink in its place is gone, and the symlink isn't followed")
    func replacedBySymlink() async throws {
        try inbox.write("x", to: "a.wav")
        var tracked = try await TrackedInbox(inbox)
        _ = tracked.told()
        try inbox.folder.remove("a.wav")
        try inbox.check(symlink("/etc/passwd", inbox.inbox.appending("a.wav").string))
        #expect(try await tracked.events() == [.gone("a.wav"), .ignored("a.wav", .symlink)])
        #expect(tracked.events(after: .seconds(10)).isEmpty)
    }

    @Test("lost events lead to a scan")
    func overflow() async throws {
        var tracked = try await TrackedInbox(inbox)
        #expect(!tracked.tracker.needsRescan)
        tracked.tracker.handle(EventBatch(isOverflowed: true), now: tracked.now)
        #expect(tracked.tracker.needsRescan)
        try inbox.write("x", to: "a.wav")
        #expect(tracked.eventsOfRescan() == [.unsettled("a.wav")])
        #expect(!tracked.tracker.needsRescan)
    }
}
