import Disk
import Glibc
import SystemPackage
import Testing
import Watch

/// Folders that are renamed, removed and replaced while they are watched.
@Suite(.timeLimit(.minutes(1))) struct FolderMovesTests {
    let inbox: TemporaryInbox

    init() throws {
        inbox = try TemporaryInbox()
        try inbox.makeFolder("one/deep")
        try inbox.write("x", to: "one/a.wav")
        try inbox.write("x", to: "one/deep/b.wav")
    }

    private func settled() async throws -> TrackedInbox {
        var tracked = try await TrackedInbox(inbox)
        _ = tracked.told()
        #expect(tracked.events(after: .seconds(2)).count == 2)
        return tracked
    }

    @Test("a renamed folder's files are gone there and new here, and it is still watched")
    func renamed() async throws {
        var tracked = try await settled()
        try inbox.folder.rename("one", to: inbox.folder, "two")
        let expected: Set<WatchEvent> = [
            .gone("one/a.wav"), .gone("one/deep/b.wav"), .unsettled("two/a.wav"), .unsettled("two/deep/b.wav"),
        ]
        #expect(try await Set(tracked.events()) == expected)
        try inbox.write("x", to: "two/deep/c.wav")
        #expect(try await tracked.events() == [.unsettled("two/deep/c.wav")])
        #expect(tracked.eventsOfRescan().isEmpty)
    }

    @Test("a folder that leaves takes its files with it, and is heard no more")
    func movedOut() async throws {
        var tracked = try await settled()
        try inbox.moveOut("one", as: "gone")
        #expect(try await Set(tracked.events()) == [.gone("one/a.wav"), .gone("one/deep/b.wav")])
        try inbox.write("x", to: "gone/deep/c.wav", in: inbox.outside)
        #expect(try await tracked.events().isEmpty)
        try inbox.moveIn("gone", as: "one")
        #expect(try await tracked.events().count == 3)
    }

    @Test("a removed folder is gone, and one made again under its name is watched like the first")
    func madeAgain() async throws {
        var tracked = try await settled()
        try inbox.removeTree("one")
        #expect(try await Set(tracked.events()) == [.gone("one/a.wav"), .gone("one/deep/b.wav")])
        for _ in 0..<3 {
            try inbox.makeFolder("one/deep")
            try inbox.write("x", to: "one/deep/b.wav")
            #expect(try await tracked.events() == [.unsettled("one/deep/b.wav")])
            try inbox.removeTree("one")
            #expect(try await tracked.events() == [.gone("one/deep/b.wav")])
        }
    }

    @Test("a folder put in another's place, before anybody looks, has only its own files")
    func replacedAtOnce() async throws {
        var tracked = try await settled()
        try inbox.moveOut("one", as: "old")
        try inbox.makeFolder("one")
        try inbox.write("x", to: "one/c.wav")
        let expected: Set<WatchEvent> = [
            .gone("one/a.wav"), .gone("one/deep/b.wav"), .unsettled("one/c.wav"),
        ]
        #expect(try await Set(tracked.events()) == expected)
        #expect(tracked.eventsOfRescan().isEmpty)
    }

    @Test("a file in a folder's place")
    func fileForFolder() async throws {
        var tracked = try await settled()
        try inbox.removeTree("one")
        try inbox.write("x", to: "one")
        let expected: Set<WatchEvent> = [.gone("one/a.wav"), .gone("one/deep/b.wav"), .unsettled("one")]
        #expect(try await Set(tracked.events()) == expected)
        #expect(tracked.events(after: .seconds(2)).map(\.settledPath) == ["one"])
    }

    @Test("an inbox that goes away isn't an empty one: told once, nothing is gone, and on it goes when it is back")
    func rootGone() async throws {
        var tracked = try await settled()
        try inbox.write("x", to: "one/c.wav")
        _ = try await tracked.events()
        let hidden = inbox.top.appending("hidden")
        try inbox.check(rename(inbox.inbox.string, hidden.string))
        let gone = RootAway(inbox.inbox, .gone)
        let another = RootAway(inbox.inbox, .another)
        #expect(tracked.eventsOfRescan() == [.trouble(.missing(gone))])
        #expect(!tracked.tracker.isPresent && tracked.tracker.nextDeadline == nil)
        #expect(tracked.eventsOfRescan().isEmpty)
        // another folder in its place is no better, but worth another sentence
        try inbox.check(mkdir(inbox.inbox.string, 0o755))
        #expect(tracked.eventsOfRescan() == [.trouble(.missing(another))])
        #expect(tracked.events(after: .seconds(100)).isEmpty)
        try inbox.check(rmdir(inbox.inbox.string))
        try inbox.check(rename(hidden.string, inbox.inbox.string))
        try inbox.write("x", to: "one/d.wav")
        // what has changed meanwhile is told first
        #expect(tracked.eventsOfRescan() == [.unsettled("one/d.wav"), .troubleOver(.missing(another))])
        #expect(tracked.events(after: .zero).map(\.settledPath) == ["one/c.wav"])
    }

    @Test("after 600 random changes the files known are those that are there", arguments: [1, 2, 3] as [UInt64])
    func churn(seed: UInt64) async throws {
        var random = Churn(seed: seed)
        var tracked = try await TrackedInbox(inbox)
        var known: Set<FilePath> = []
        for round in 0..<60 {
            for _ in 0..<10 { random.change(inbox) }
            guard round % 4 == 3 else { continue }
            for event in tracked.told() + (try await tracked.events()) {
                switch event {
                case .unsettled(let path): known.insert(path)
                case .gone(let path): known.remove(path)
                default: break
                }
            }
            #expect(known == (try random.files(inbox.folder)))
        }
        #expect(tracked.eventsOfRescan().isEmpty)
    }
}

/// Random changes of a small tree.
struct Churn {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func below(_ bound: UInt64) -> UInt64 {
        // Knuth's MMIX numbers
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
    }

    private mutating func path() -> FilePath {
        var path = FilePath()
        for _ in 0..<below(3) { path.append("d\(below(3))") }
        path.append("f\(below(4))")
        return path
    }

    mutating func change(_ inbox: TemporaryInbox) {
        let path = path()
        let other = self.path()
        // half of them fail, for something else stands there: that is well
        switch below(6) {
        case 0, 1: try? inbox.write("\(state)", to: path)
        case 2: _ = try? inbox.folder.makeFolder(path.removingLastComponent(), mode: 0o755)
        case 3: try? inbox.folder.replace(other, with: path)
        case 4:
            _ = try? inbox.folder.rename(path.removingLastComponent(), to: inbox.folder, other.removingLastComponent())
        default:
            try? inbox.folder.remove(path)
            if below(3) == 0 { try? inbox.removeTree(path.removingLastComponent()) }
        }
    }

    func files(_ folder: Folder, in path: FilePath = FilePath()) throws -> Set<FilePath> {
        var files: Set<FilePath> = []
        for entry in try folder.entries(of: path) {
            let inner = path.appending(entry.name)
            if entry.kind == .folder { files.formUnion(try self.files(folder, in: inner)) } else { files.insert(inner) }
        }
        return files.filter { !$0.string.hasPrefix("cookie-") && !$0.starts(with: ".heygem-watch") }
    }
}
