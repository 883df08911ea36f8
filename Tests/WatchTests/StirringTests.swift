import Disk
import SystemPackage
import Testing
import Watch

/// Files that somebody still writes under another name: nothing looks into them, but their folder is not quiet.
@Suite(.timeLimit(.minutes(1))) struct StirringTests {
    let inbox: TemporaryInbox

    init() throws {
        inbox = try TemporaryInbox()
        try inbox.makeFolder("batch")
    }

    @Test("a temporary file that grows stirs, and one that only stands there doesn't")
    func grows() async throws {
        var tracked = try await TrackedInbox(inbox)
        let writer = try inbox.writer("batch/.voice.wav.Xk3T0q")
        var events = try await tracked.events()
        #expect(events == [.ignored("batch/.voice.wav.Xk3T0q", .hidden), .stirred("batch/.voice.wav.Xk3T0q")])
        for _ in 0..<3 {
            #expect(tracked.events(after: .seconds(100)).isEmpty)
            _ = try writer.writeAll("more".utf8)
            #expect(try await tracked.events() == [.stirred("batch/.voice.wav.Xk3T0q")])
            #expect(tracked.eventsOfRescan().isEmpty)
        }
        // a thousand changes at once are as good as one
        for _ in 0..<5 {
            _ = try writer.writeAll("more".utf8)
            #expect(try await tracked.events().isEmpty)
        }
        try writer.close()
        try inbox.folder.remove("batch/.voice.wav.Xk3T0q")
        events = try await tracked.events()
        #expect(events == [.gone("batch/.voice.wav.Xk3T0q")])
    }

    @Test("without events a scan finds that it has grown")
    func scanned() async throws {
        try inbox.write("some", to: "batch/voice.wav.part")
        var tracked = try await TrackedInbox(inbox)
        #expect(tracked.told().contains(.stirred("batch/voice.wav.part")))
        #expect(tracked.eventsOfRescan().isEmpty)
        try inbox.write("more of it", to: "batch/voice.wav.part")
        _ = tracked.stream.take()
        _ = tracked.events(after: .seconds(10))
        #expect(tracked.eventsOfRescan() == [.stirred("batch/voice.wav.part")])
    }

    @Test("what systems leave beside files doesn't stir", arguments: ["._voice.wav", ".DS_Store", "Thumbs.db"])
    func junk(name: String) async throws {
        var tracked = try await TrackedInbox(inbox)
        let path = FilePath("batch").appending(name)
        try inbox.write("a note", to: path)
        let events = try await tracked.events()
        #expect(!events.contains(.stirred(path)))
    }
}
