import Disk
import Glibc
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventStreamTests {
    let place: TemporaryFolder
    let stream: EventStream
    let root: WatchID

    init() throws {
        place = try TemporaryFolder()
        stream = EventStream()
        try stream.open()
        root = try stream.addWatch("", beneath: place.folder)
    }

    /// All events until one of `name` has every bit of `mask`.
    private func events(until mask: EventMask, of name: FilePath.Component?) async -> [FileEvent] {
        var events: [FileEvent] = []
        var seen: EventMask = []
        while !seen.isSuperset(of: mask), !Task.isCancelled {
            await stream.wait()
            let batch = stream.take()
            events += batch.events
            for event in batch.events where event.name == name { seen.formUnion(event.mask) }
        }
        return events
    }

    @Test("a file written is told with its name and its watch")
    func written() async throws {
        try place.write("x", to: "a.wav")
        let events = await events(until: [.created, .modified, .closedAfterWriting], of: "a.wav")
        #expect(events.allSatisfy { $0.watch == root && $0.name == "a.wav" })
    }

    @Test("a link, a rename, a removal and a folder each give their event")
    func otherWays() async throws {
        try place.write("x", to: "a")
        link(place.path.appending("a").string, place.path.appending("b").string)
        _ = await events(until: .created, of: "b")
        try place.folder.rename("b", to: place.folder, "c")
        _ = await events(until: .movedTo, of: "c")
        try place.folder.remove("c")
        _ = await events(until: .deleted, of: "c")
        try place.folder.makeFolder("d", mode: 0o755)
        _ = await events(until: [.created, .folder], of: "d")
    }

    @Test("10,000 changes of one file are one entry")
    func coalesces() async throws {
        try place.write("", to: "a")
        let file = try FileDescriptor.open(place.path.appending("a"), .writeOnly)
        for _ in 0..<5000 {
            _ = try file.writeAll([1])
            _ = try file.writeAll([2])
        }
        try file.close()
        try place.write("", to: "last")
        _ = await events(until: .closedAfterWriting, of: "last")
        #expect(stream.take().events.count <= 2)
    }

    @Test("the same folder has the same watch, a removed one ends, a symlink and a missing one have none")
    func watches() async throws {
        try place.folder.makeFolder("d", mode: 0o755)
        let watch = try stream.addWatch("d", beneath: place.folder)
        #expect(try stream.addWatch("d", beneath: place.folder) == watch)
        #expect(watch != root)
        try place.folder.removeFolder("d")
        var seen: EventMask = []
        while !seen.contains([.selfDeleted, .watchEnded]) {
            await stream.wait()
            for event in stream.take().events where event.watch == watch { seen.formUnion(event.mask) }
        }
        #expect(throws: Errno.noSuchFileOrDirectory) { try stream.addWatch("d", beneath: place.folder) }
        try place.symlink("s", to: "/tmp")
        #expect(throws: Errno.notDirectory) { try stream.addWatch("s", beneath: place.folder) }
    }

    @Test("one that isn't open can be waited for and woken, but watches nothing")
    func closed() async {
        let closed = EventStream()
        #expect(!closed.isOpen && stream.isOpen)
        #expect(throws: Errno.badFileDescriptor) { try closed.addWatch("", beneath: place.folder) }
        closed.wake()
        await closed.wait()
        #expect(closed.take().isEmpty)
    }

    @Test("waking and cancelling end the wait")
    func waking() async {
        stream.wake()
        await stream.wait()
        #expect(stream.take().isEmpty)
        let waiting = Task { await stream.wait() }
        waiting.cancel()
        await waiting.value
    }
}
