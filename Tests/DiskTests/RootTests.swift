import Disk
import Glibc
import SystemPackage
import Testing

@Suite struct RootTests {
    let place: TemporaryFolder
    let path: FilePath
    let root: Root

    init() throws {
        place = try TemporaryFolder()
        try place.folder.makeFolder("inbox", mode: 0o755)
        path = place.path.appending("inbox")
        root = try Root(opening: path)
    }

    /// What takes the folder's place, and why the root is away then.
    struct Absence: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var cause: RootAway.Cause
        var put: @Sendable (TemporaryFolder) throws -> Void = { _ in }
        var take: @Sendable (TemporaryFolder) throws -> Void = { _ in }
    }

    static let absences = [
        Absence(testDescription: "nothing", cause: .gone),
        Absence(
            testDescription: "a file", cause: .notAFolder, put: { try $0.write("", to: "inbox") },
            take: { try $0.folder.remove("inbox") }),
        Absence(
            testDescription: "an empty folder", cause: .another,
            put: { try $0.folder.makeFolder("inbox", mode: 0o755) },
            take: { try $0.folder.removeFolder("inbox") }),
        Absence(
            testDescription: "a root of another id", cause: .another,
            put: {
                try $0.folder.makeFolder("inbox", mode: 0o755)
                _ = try Root(opening: $0.path.appending("inbox"))
            },
            take: { try $0.folder.rename("inbox", to: $0.folder, "other") }),
        Absence(
            testDescription: "a symlink that leads nowhere", cause: .gone,
            put: { try $0.symlink("inbox", to: "nowhere") }, take: { try $0.folder.remove("inbox") }),
        Absence(
            testDescription: "a symlink to another folder", cause: .another,
            put: { try $0.symlink("inbox", to: "/tmp") }, take: { try $0.folder.remove("inbox") }),
        Absence(
            testDescription: "a symlink to itself", cause: .notAFolder,
            put: { try $0.symlink("inbox", to: "inbox") }, take: { try $0.folder.remove("inbox") }),
    ]

    @Test("what stands in its place is told, and the folder is found again when it is back", arguments: absences)
    func comesBack(_ absence: Absence) throws {
        try place.write("a", to: "inbox/kept")
        try place.folder.rename("inbox", to: place.folder, "away")
        try absence.put(place)
        #expect(throws: RootAway(path, absence.cause)) { try root.folder() }
        #expect(throws: RootAway(path, absence.cause)) { try root.folder() }
        try absence.take(place)
        try place.folder.rename("away", to: place.folder, "inbox")
        #expect(try root.folder().contents(of: "kept", limit: 1) == [UInt8(ascii: "a")])
    }

    @Test("a folder that was moved and is linked from its old place is the same")
    func movedAndLinked() throws {
        try place.folder.rename("inbox", to: place.folder, "elsewhere")
        try place.symlink("inbox", to: "elsewhere")
        #expect(try root.folder().path == path)
    }

    @Test("the id stays, whoever opens it; it is known by it also at the next start")
    func keepsItsID() throws {
        let again = try Root(opening: path)
        #expect(again.id == root.id)
        #expect(try Root(path, id: root.id).folder().path == path)
        #expect(throws: RootAway(path, .another)) { try Root(path, id: "0123").folder() }
    }

    @Test("as long as it is asked for it is the same folder, and an id that was removed is put back")
    func heals() throws {
        let folder = try root.folder()
        try place.folder.remove("inbox/.heygem-watch/id")
        #expect(try root.folder() === folder)
        #expect(try Root(opening: path).id == root.id)
    }

    @Test("a kill while the id is made leaves nothing, and an emptied id is made anew")
    func makesItsIDWhole() throws {
        try place.write("", to: "inbox/.heygem-watch/id")
        try place.write("01", to: "inbox/.heygem-watch/.id-1.new")
        let again = try Root(opening: path)
        #expect(again.id.count == 32)
        #expect(try place.folder.entries(of: "inbox/.heygem-watch").map(\.name.string) == ["id"])
    }

    @Test("a second one is told who works there; when the first has ended it may come in")
    func locks() throws {
        let first = try Root(opening: path, locking: .exclusive)
        #expect(throws: RootAway(path, .taken(by: Folder.thisProcess))) {
            try Root(opening: path, locking: .exclusive)
        }
        #expect(try first.folder().path == path)
        first.close()
        let second = try Root(opening: path, locking: .exclusive)
        #expect(throws: RootAway(path, .taken(by: Folder.thisProcess))) { try first.folder() }
        second.close()
        #expect(try first.folder().path == path)
    }

    @Test("a lock whose file was removed is taken anew, or found to be another's")
    func locksAgain() throws {
        let first = try Root(opening: path, locking: .exclusive)
        try place.folder.remove("inbox/.heygem-watch/lock")
        #expect(try first.folder().path == path)
        try place.folder.remove("inbox/.heygem-watch/lock")
        let second = try Root(opening: path, locking: .exclusive)
        #expect(throws: RootAway.self) { try first.folder() }
        #expect(try second.folder().path == path)
    }

    @Test("who writes himself into its lock file, where the kernel's lock doesn't reach, has taken it over")
    func losesLockedFile() throws {
        let root = try Root(opening: path, locking: .exclusive)
        #expect(Root.holder(in: try root.folder()) == Folder.thisProcess)
        try place.write("", to: Self.lock)
        #expect(try root.folder().path == path)
        try place.write(Self.other + "\n", to: Self.lock)
        #expect(throws: RootAway(path, .lost(to: Self.other))) { try root.folder() }
        root.close()
        #expect(Root.holder(in: try Folder(opening: path)) == nil)
    }

    @Test("another's is taken over at the first look only, also when the folder was away then")
    func takesOverOnce() throws {
        let features = KernelFeatures.all.subtracting(.locks)
        let id = root.id
        try place.folder.rename("inbox", to: place.folder, "away")
        let taking = Root(path, id: id, locking: .takeOver, features: features)
        #expect(throws: RootAway(path, .gone)) { try taking.folder() }
        try place.folder.rename("away", to: place.folder, "inbox")
        try place.write(Self.other + "\n", to: Self.lock)
        #expect(throws: RootAway(path, .taken(by: Self.other))) { try taking.folder() }
        let folder = try Folder(opening: path, features: features)
        #expect(Root.holder(in: folder) == Self.other)
    }

    @Test("a folder that may be listed and not written says so")
    func unwritable() throws {
        let refusing = Root(path, id: root.id, locking: .exclusive, observer: Refusing())
        #expect(throws: RootAway(path, .unwritable)) { try refusing.folder() }
    }

    // MARK: Where the file system has no locks

    private static let lock: FilePath = "inbox/.heygem-watch/lock"
    private static let other = "process 4711 on elsewhere since 2025-12-19 14:20:07 +0100"

    private func withoutLocks(_ locking: Root.Locking = .exclusive) throws -> Root {
        try Root(opening: path, locking: locking, features: KernelFeatures.all.subtracting(.locks))
    }

    @Test("the lock file itself is the lock there, and goes at the end")
    func lockFile() throws {
        let root = try withoutLocks()
        #expect(try place.text(of: Self.lock) == Folder.thisProcess + "\n")
        root.close()
        #expect(try place.folder.statusIfThere(Self.lock) == nil)
    }

    @Test("one that another machine has left is respected until somebody says to take it over")
    func leftLockFile() throws {
        try place.write(Self.other + "\n", to: Self.lock)
        #expect(throws: RootAway(path, .taken(by: Self.other))) { try withoutLocks() }
        #expect(try withoutLocks(.takeOver).folder().path == path)
    }

    @Test("one that was left on this machine is nobody's any more")
    func ownLockFile() throws {
        // process 1 is none of ours
        let left = Folder.thisProcess.replacing("process \(getpid())", with: "process 1", maxReplacements: 1)
        try place.write(left + "\n", to: Self.lock)
        #expect(try withoutLocks().folder().path == path)
    }

    /// What another machine or container of the same name and number leaves.
    static let strangers = ["boot ": "boot 0", "pid:": "pid:1", " [boot": " (boot", "since": "until"]

    @Test("one of an equal name and number is another's when kernel or container are others", arguments: strangers)
    func stranger(_ ours: String, _ theirs: String) throws {
        let left = Folder.thisProcess.replacing(ours, with: theirs, maxReplacements: 1)
        try place.write(left + "\n", to: Self.lock)
        #expect(throws: RootAway(path, .taken(by: left))) { try withoutLocks() }
    }

    @Test("one that can't be read is not nobody's")
    func unreadableLockFile() throws {
        try place.symlink("nowhere", to: "nowhere")
        try place.symlink("inbox/.heygem-watch/lock", to: "nowhere")
        #expect(throws: RootAway.self) { try withoutLocks() }
        try place.folder.remove(Self.lock)
        try place.write(String(repeating: "x", count: 2000), to: Self.lock)
        #expect(throws: RootAway(path, .taken(by: "unknown"))) { try withoutLocks() }
    }

    @Test("who loses it is told by whom, and never gets it back by itself")
    func losesLockFile() throws {
        let root = try withoutLocks()
        try place.write(Self.other + "\n", to: Self.lock)
        for _ in 1...2 { #expect(throws: RootAway(path, .lost(to: Self.other))) { try root.folder() } }
        root.close()
        #expect(try place.text(of: Self.lock) == Self.other + "\n")
    }
}

/// Nothing may be made or written.
private struct Refusing: DiskObserver {
    func willDo(_: DiskOperation) throws(Errno) { throw .permissionDenied }
}
