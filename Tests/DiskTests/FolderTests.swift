import Disk
import Glibc
import SystemPackage
import Testing

@Suite struct FolderTests {
    let place: TemporaryFolder
    var folder: Folder { place.folder }

    init() throws {
        place = try TemporaryFolder()
        try place.folder.makeFolder("inside/deep", mode: 0o755)
        try place.write("hello", to: "inside/a.wav")
        try place.symlink("inside/link.wav", to: "a.wav")
        try place.symlink("way-out", to: "/etc")
        mkfifo(place.path.appending("pipe").string, 0o600)
    }

    @Test(
        "names that others find strange are files like any other",
        arguments: [
            Array("CON.wav".utf8), Array("a:b.wav".utf8), Array("-rf".utf8), Array("😀 我的.wav".utf8),
            Array("two\nlines.wav".utf8), Array("quote\".wav".utf8), [0xFF, 0xFE, 0x2E, 0x77], Array("trailing. ".utf8),
            Array(repeating: UInt8(ascii: "x"), count: 255),
        ])
    func strangeNames(bytes: [UInt8]) throws {
        let name = FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
        let path = FilePath("inside").appending(name.components)
        let file = try folder.create(path, mode: 0o600)
        try file.write([1, 2, 3], at: 0)
        #expect(try folder.status(of: path).signature.size == 3)
        #expect(try folder.entries(of: "inside").contains { FilePath(root: nil, [$0.name]) == name })
        try folder.rename(path, to: folder, "plain")
        #expect(try folder.contents(of: "plain", limit: 3) == [1, 2, 3])
    }

    @Test(
        "nothing is told as such, also below a file or a link", arguments: [KernelFeatures.all, []],
        ["missing", "missing/deeper", "inside/a.wav/deeper", "way-out/passwd", "way-out/missing"] as [FilePath])
    func nothingThere(features: KernelFeatures, path: FilePath) throws {
        let folder = try Folder(opening: place.path, features: features)
        #expect(try folder.statusIfThere(path) == nil)
        #expect(try folder.statusIfThere("inside/a.wav")?.kind == .regular)
        #expect(try folder.statusIfThere("way-out")?.kind == .symlink)
        #expect(throws: Errno.invalidArgument) { try folder.statusIfThere("/etc/passwd") }
    }

    @Test(
        "nothing leads out of the folder",
        arguments: ["way-out/passwd", "../etc/passwd", "/etc/passwd", "inside/../../x", "inside/..", "inside/link.wav"])
    func nothingLeadsOut(path: FilePath) throws {
        #expect(throws: Errno.self) { try folder.open(path) }
        #expect(throws: Errno.self) { try folder.create(path, mode: 0o600) }
        let old = try Folder(opening: place.path, features: [])
        #expect(throws: Errno.self) { try old.open(path) }
        #expect(throws: Errno.self) { try old.create(path, mode: 0o600) }
    }

    @Test("a symlink is told as one, not followed")
    func symlinkStatus() throws {
        #expect(try folder.status(of: "inside/link.wav").kind == .symlink)
        #expect(try folder.status(of: "way-out").kind == .symlink)
        #expect(throws: Errno.self) { try folder.entries(of: "way-out") }
    }

    @Test("only regular files are opened, and a FIFO doesn't block", arguments: ["pipe", "inside", "way-out"])
    func onlyRegularFiles(path: FilePath) {
        #expect(throws: Errno.invalidArgument) { try folder.open(path) }
    }

    @Test("a listing tells kinds, and can be made again and again")
    func listing() throws {
        for _ in 0..<2 {
            let kinds = Dictionary(uniqueKeysWithValues: try folder.entries().map { ($0.name.string, $0.kind) })
            #expect(kinds == ["inside": .folder, "way-out": .symlink, "pipe": .other])
        }
    }

    @Test("a kernel without openat2 opens the same files")
    func stepwise() throws {
        let old = try Folder(opening: place.path, features: [])
        #expect(try old.contents(of: "inside/a.wav", limit: 5) == Array("hello".utf8))
        #expect(try Set(old.entries(of: "inside").map(\.name)) == ["deep", "a.wav", "link.wav"])
        #expect(try old.entries().count == 3)
        #expect(try old.status(of: "inside/deep").kind == .folder)
    }

    @Test("the folder itself is the empty path")
    func itself() throws {
        #expect(try folder.status(of: "").kind == .folder)
        try folder.sync()
    }

    @Test("a folder made twice is well, a file in its place is not")
    func makeFolder() throws {
        try folder.makeFolder("inside/deep", mode: 0o755)
        #expect(throws: Errno.fileExists) { try folder.makeFolder("inside/a.wav", mode: 0o755) }
        #expect(throws: Errno.fileExists) { try folder.makeFolder("inside/a.wav/x", mode: 0o755) }
        #expect(throws: Errno.directoryNotEmpty) { try folder.removeFolder("inside") }
        try folder.removeFolder("inside/deep")
        #expect(throws: Errno.noSuchFileOrDirectory) { try folder.status(of: "inside/deep") }
    }

    @Test("free space and the kind of file system are known")
    func fileSystem() throws {
        #expect(try folder.freeBytes() > 0)
        #expect(try !folder.fileSystem().name.isEmpty)
    }
}
