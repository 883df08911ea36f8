import Disk
import Dispatch
import Glibc
import SystemPackage
import Testing
import Watch

/// Real changes and their real events, of which one doesn't come, or comes twice.
@Suite(.timeLimit(.minutes(2))) struct LostEventTests {
    /// What people and programs do, one thing after the other.
    private static let steps: [@Sendable (TemporaryInbox) throws -> Void] = [
        { try $0.write("one", to: "a.wav") },
        { try $0.makeFolder("batch") },
        { try $0.write("two", to: "batch/b.wav") },
        { try $0.write("two and more", to: "batch/b.wav") },
        {
            try $0.makeFolder("new/deep")
            try $0.write("three", to: "new/deep/c.wav")
        },
        { try $0.write("four", to: "new/deep/d.wav") },
        { try $0.folder.rename("a.wav", to: $0.folder, "batch/a.wav") },
        { try $0.folder.rename("new/deep", to: $0.folder, "batch/deep") },
        { try $0.write("five", to: "batch/deep/e.wav") },
        { try $0.folder.rename("batch", to: $0.folder, "other") },
        { try $0.write("six", to: "other/deep/c.wav") },
        { try $0.folder.remove("other/deep/d.wav") },
        { try $0.moveOut("other", as: "gone") },
        {
            try $0.makeFolder("other")
            try $0.write("seven", to: "other/b.wav")
        },
        { try $0.moveIn("gone", as: "back") },
        {
            try $0.removeTree("new")
            try $0.write("a file now", to: "new")
        },
        {
            try $0.folder.remove("new")
            try $0.check(symlink("a.wav", $0.inbox.appending("new").string))
        },
        { try $0.write("still being", to: "late.wav.part") },
        { try $0.folder.rename("late.wav.part", to: $0.folder, "late.wav") },
    ]

    private enum Fate {
        case lost, doubled
    }

    @Test("whichever single event gets lost or comes twice, the next scan brings everything to the same end")
    func eachOnce() async throws {
        let whole = try await play(0, .lost)
        #expect(whole.count >= 30 && whole.isRight)
        for index in 1...whole.count {
            #expect(try await play(index, .lost).isRight, "without event \(index)")
            #expect(try await play(index, .doubled).isRight, "with event \(index) twice")
        }
    }

    /// - Parameter index: of the event with another fate; 0 is none.
    /// - Returns: how many events there were, and whether all that lies there in the end has settled as it is, and nothing
    ///   else.
    private func play(_ index: Int, _ fate: Fate) async throws -> (count: Int, isRight: Bool) {
        let inbox = try TemporaryInbox()
        var tracked = try await TrackedInbox(inbox)
        var state = KnownFiles(tracked.told())
        var count = 0
        for step in Self.steps {
            try step(inbox)
            var batch = try await tracked.eventsUntaken()
            let place = index - count - 1
            count += batch.events.count
            if batch.events.indices.contains(place) {
                switch fate {
                case .lost: batch.events.remove(at: place)
                case .doubled: batch.events.append(batch.events[place])
                }
            }
            tracked.tracker.handle(batch, now: tracked.now)
            state.take(tracked.told())
        }
        state.take(tracked.eventsOfRescan())
        state.take(tracked.events(after: .seconds(3)))
        return (count, try state.settled == inbox.signatures())
    }

    @Test("after a storm of a million events all that lies there is known as it is, though most were lost")
    func storm() async throws {
        let inbox = try TemporaryInbox(in: "/dev/shm")
        try inbox.makeFolder("batch")
        let reading = DispatchQueue(label: "storm")
        var tracked = try await TrackedInbox(inbox, readingOn: reading)
        var state = KnownFiles(tracked.told())
        // four events each: made, written, closed, removed or renamed
        for round in 0..<5 {
            // however fast this machine is, the kernel's queue holds 16,384 only
            reading.suspend()
            for index in 0..<50_000 { try inbox.stir("batch/\(round)-\(index).wav", isKept: index % 1000 == 7) }
            reading.resume()
            var isOverflowed = false
            while !isOverflowed {
                await tracked.stream.wait()
                let batch = tracked.stream.take()
                isOverflowed = batch.isOverflowed
                tracked.tracker.handle(batch, now: tracked.now)
            }
            state.take(tracked.told())
        }
        #expect(tracked.tracker.needsRescan)
        state.take(tracked.eventsOfRescan())
        state.take(tracked.events(after: .seconds(3)))
        #expect(try state.settled == inbox.signatures() && state.settled.count == 250)
        #expect(!tracked.tracker.needsRescan)
    }

    @Test(
        "folders 30 deep are watched like others, also where their path is longer than the system takes",
        arguments: [
            "vip", String(repeating: "long name ", count: 20),
        ])
    func deep(name: String) async throws {
        let inbox = try TemporaryInbox()
        let folder = (0..<30).reduce(FilePath()) { path, _ in path.appending(name) }
        try inbox.makeFolder(folder)
        let file = folder.appending("a.wav")
        try inbox.folder.create(file, mode: 0o644).write([1], at: 0)
        var tracked = try await TrackedInbox(inbox)
        #expect(tracked.told() == [.unsettled(file)])
        #expect(tracked.events(after: .seconds(2)).map(\.settledPath) == [file])
        let second = folder.appending("b.wav")
        try inbox.folder.create(second, mode: 0o644).write([1], at: 0)
        #expect(try await tracked.events() == [.unsettled(second)])
        #expect(tracked.events(after: .seconds(2)).map(\.settledPath) == [second])
        try inbox.removeTree(FilePath(name))
        #expect(try await Set(tracked.events()) == [.gone(file), .gone(second)])
        #expect(tracked.eventsOfRescan().isEmpty)
    }
}

/// What is known of an inbox's files from what was told.
private struct KnownFiles {
    var settled: [FilePath: FileSignature] = [:]

    init(_ events: [WatchEvent]) { take(events) }

    mutating func take(_ events: [WatchEvent]) {
        for event in events {
            switch event {
            case .settled(let path, let signature): settled[path] = signature
            case .unsettled(let path), .gone(let path): settled[path] = nil
            default: break
            }
        }
    }
}

extension TemporaryInbox {
    /// What lies there and is of use.
    fileprivate func signatures(in path: FilePath = FilePath()) throws -> [FilePath: FileSignature] {
        var signatures: [FilePath: FileSignature] = [:]
        for entry in try folder.entries(of: path) where entry.name != ".heygem-watch" {
            let inner = path.appending(entry.name)
            switch entry.kind {
            case .folder: signatures.merge(try self.signatures(in: inner)) { $1 }
            case .regular: signatures[inner] = try folder.status(of: inner).signature
            default: break
            }
        }
        return signatures
    }

    /// Makes, writes and closes a file as fast as that goes; removes it again, or renames it.
    fileprivate func stir(_ name: String, isKept: Bool) throws {
        let path = "\(inbox.string)/\(name)"
        let file = open(path, O_WRONLY | O_CREAT, 0o644)
        try check(file < 0 ? -1 : 0)
        _ = Glibc.write(file, path, 1)
        close(file)
        try check(isKept ? rename(path, "\(path).kept.wav") : unlink(path))
    }
}
