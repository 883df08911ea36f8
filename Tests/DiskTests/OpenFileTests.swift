import Disk
import Glibc
import SystemPackage
import Testing

@Suite struct OpenFileTests {
    let place: TemporaryFolder
    var folder: Folder { place.folder }

    init() throws {
        place = try TemporaryFolder()
    }

    @Test("bytes written at an offset are read back, and the end of the file ends the read")
    func readsAndWrites() throws {
        let file = try folder.create("f", mode: 0o600)
        try file.write(Array("hello".utf8), at: 3)
        try Array(" there".utf8).withUnsafeBytes { try file.append($0) }
        #expect(try file.contents(limit: 14) == [0, 0, 0] + Array("hello there".utf8))
        #expect(try file.contents(limit: 13) == nil)
        var buffer = [UInt8](repeating: 1, count: 10)
        #expect(try buffer.withUnsafeMutableBytes { try file.read(into: $0, at: 8) } == 6)
        #expect(try buffer.withUnsafeMutableBytes { try file.read(into: $0, at: 100) } == 0)
    }

    @Test("an existing file is not created again")
    func createsOnce() throws {
        _ = try folder.create("f", mode: 0o600)
        #expect(throws: Errno.fileExists) { try folder.create("f", mode: 0o600) }
    }

    @Test("a range is copied, also within the same file system and over the end of a block")
    func copiesRanges() throws {
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let source = try folder.create("source", mode: 0o600)
        try source.write(bytes, at: 0)
        let target = try folder.create("target", mode: 0o600)
        try target.copyRange(from: source, at: 100, to: 7, count: 900_000)
        #expect(try target.contents(limit: 1 << 20) == Array(repeating: 0, count: 7) + bytes[100..<900_100])
        #expect(throws: Errno.ioError) { try target.copyRange(from: source, at: 999_999, to: 0, count: 2) }
    }

    @Test("what the kernel won't copy is copied by hand")
    func copiesFromAnotherKindOfFileSystem() throws {
        // proc refuses copy_file_range, and tells no sizes
        let proc = try Folder(opening: "/proc/self")
        let source = try proc.open("mountinfo")
        let text = try #require(try source.contents(limit: 1 << 20))
        let target = try folder.create("target", mode: 0o600)
        try target.copyRange(from: source, at: 0, to: 0, count: Int64(text.count))
        #expect(try target.contents(limit: 1 << 20) == text)
    }

    @Test("reserving space and cutting change the size; mode and owner can be set")
    func sizesAndModes() throws {
        let file = try folder.create("f", mode: 0o600)
        try file.allocate(5000)
        #expect(try file.status().signature.size == 5000)
        try file.resize(to: 3)
        try file.setMode(0o640)
        try file.setOwner(nil, group: getgid())
        try file.sync()
        let status = try file.status()
        #expect(status.signature.size == 3 && status.mode == 0o640 && status.group == getgid())
    }

    @Test("a writer is seen until it closes the file")
    func seesWriters() throws {
        try place.write("x", to: "f")
        let writer = try FileDescriptor.open(place.path.appending("f"), .writeOnly)
        #expect(try folder.open("f").isOpenForWritingElsewhere() == true)
        try writer.close()
        #expect(try folder.open("f").isOpenForWritingElsewhere() == false)
        #expect(try folder.openForWriting("f").isOpenForWritingElsewhere() != false)
    }

    @Test("any write gives another signature, even with size and time put back")
    func signatures() throws {
        try place.write("aaaa", to: "f")
        let before = try folder.status(of: "f").signature
        let writer = try FileDescriptor.open(place.path.appending("f"), .writeOnly)
        _ = try writer.writeAll("bbbb".utf8)
        var times = [
            timespec(tv_sec: 0, tv_nsec: 0),
            timespec(tv_sec: Int(before.modified / 1_000_000_000), tv_nsec: Int(before.modified % 1_000_000_000)),
        ]
        futimens(writer.rawValue, &times)
        try writer.close()
        let after = try folder.status(of: "f").signature
        #expect(after.size == before.size && after.modified == before.modified)
        #expect(after != before)
    }
}
