import Disk
import Glibc
import SystemPackage
import Testing
import Watch

/// An inbox of which no event tells.
@Suite(.timeLimit(.minutes(1))) struct ListingTests {
    let inbox: TemporaryInbox
    private let polling: WatchSettings

    init() throws {
        inbox = try TemporaryInbox()
        var settings = WatchSettings()
        settings.mode = .poll
        polling = settings
    }

    @Test("after 600 random changes a listing knows the files that are there", arguments: [4, 5, 6] as [UInt64])
    func churn(seed: UInt64) async throws {
        var random = Churn(seed: seed)
        var tracked = try await TrackedInbox(inbox, settings: polling)
        var known: Set<FilePath> = []
        for _ in 0..<15 {
            for _ in 0..<40 { random.change(inbox) }
            for event in tracked.eventsOfPoll() {
                switch event {
                case .unsettled(let path): known.insert(path)
                case .gone(let path): known.remove(path)
                default: break
                }
            }
            #expect(known == (try random.files(inbox.folder)))
        }
    }

    @Test("a file that still changes between two listings does not settle, also when no writer can be seen")
    func growing() async throws {
        var settings = polling
        settings.settle = .seconds(15)
        var tracked = try await TrackedInbox(inbox, settings: settings)
        try inbox.write("", to: "x", in: inbox.outside)
        try inbox.check(link(inbox.outside.appending("x").string, inbox.inbox.appending("a.wav").string))
        #expect(tracked.eventsOfPoll() == [.unsettled("a.wav")])
        for round in 0..<10 {
            try inbox.write(String(repeating: "x", count: round + 1), to: "x", in: inbox.outside)
            #expect(tracked.events(after: .seconds(10)).isEmpty)
            #expect(tracked.eventsOfPoll().isEmpty)
        }
        #expect(tracked.events(after: .seconds(14)).isEmpty)
        #expect(tracked.events(after: .seconds(1)).compactMap(\.settledPath) == ["a.wav"])
    }

    @Test("a system that tells of no change is found out within seconds, said once, and listed; until it tells again")
    func deaf() async throws {
        let stream = EventStream()
        var tracker = FolderTracker(root: inbox.root, stream: stream, settings: WatchSettings())
        tracker.rescan(now: .zero)
        #expect(tracker.takeEvents() == [.watching(.events, fileSystem: "ext4")])
        #expect(tracker.nextDeadline == .seconds(5) && !tracker.needsPolls)
        // what it tells is not taken
        tracker.settle(now: .seconds(5))
        let trouble = WatchTrouble.noEvents(fileSystem: "ext4", poll: .seconds(10))
        #expect(tracker.takeEvents() == [.trouble(trouble), .watching(.polling, fileSystem: "ext4")])
        #expect(tracker.needsPolls && tracker.nextDeadline == nil)
        try inbox.write("x", to: "a.wav")
        tracker.poll(now: .seconds(15))
        #expect(tracker.takeEvents() == [.unsettled("a.wav")])
        tracker.settle(now: .seconds(17))
        #expect(tracker.takeEvents().map(\.settledPath) == ["a.wav"])
        tracker.rescan(now: .seconds(300))
        #expect(tracker.takeEvents().isEmpty)
        await stream.wait()
        tracker.handle(stream.take(), now: .seconds(301))
        #expect(tracker.takeEvents() == [.troubleOver(trouble), .watching(.events, fileSystem: "ext4")])
        #expect(!tracker.needsPolls)
    }

    @Test("a service that hears asks only once; anew after lost events and after a find that no event told of")
    func asking() async throws {
        try inbox.write("one", to: "x", in: inbox.outside)
        try inbox.check(link(inbox.outside.appending("x").string, inbox.inbox.appending("a.wav").string))
        var tracked = try await TrackedInbox(inbox)
        _ = tracked.told()
        #expect(tracked.events(after: .seconds(2)).map(\.settledPath) == ["a.wav"])
        for _ in 0..<3 {
            _ = tracked.eventsOfRescan()
            #expect(!tracked.tracker.isAsking)
        }
        try inbox.write("two", to: "x", in: inbox.outside)
        #expect(tracked.eventsOfRescan().contains(.unsettled("a.wav")))
        #expect(tracked.tracker.isAsking)
        try await tracked.answered()
        tracked.tracker.handle(EventBatch(isOverflowed: true), now: tracked.now)
        _ = tracked.eventsOfRescan()
        #expect(tracked.tracker.isAsking)
        try await tracked.answered()
        // it leaves nothing behind
        #expect(try inbox.folder.entries(of: ".heygem-watch").map(\.name.string) == ["id"])
    }

    @Test("`watch: inotify` takes events alone where listing would be the rule, and `watch: poll` no event at all")
    func modes() async throws {
        var settings = WatchSettings()
        settings.mode = .inotify
        settings.kind = { _ in FileSystemKind(magic: 0x6969) }
        var heard = try await TrackedInbox(inbox, settings: settings)
        #expect(heard.first == .watching(.events, fileSystem: "nfs") && !heard.tracker.needsPolls)
        try inbox.write("x", to: "a.wav")
        #expect(try await heard.events() == [.unsettled("a.wav")])
        let listed = try await TrackedInbox(inbox, settings: polling)
        #expect(listed.first == .watching(.polling, fileSystem: "ext4") && !listed.stream.isOpen)
    }
}
