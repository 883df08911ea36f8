import Disk
import Foundation
import Pack
import Synchronization
import SystemPackage
import Testing

@Suite struct ZipWriterTests {
    static let sets: [[(String, Int)]] = [
        [],
        [("one.mp4", 1)],
        [("empty.mp4", 0)],
        [
            ("001 Anna.mp4", 300_000), ("vip/003.mp4", 262_144), ("空.mp4", 0), ("中文/日本語 🎬.mp4", 5000),
            ("z.mp4", 262_145),
        ],
        (0..<1000).map { ("folder \($0 % 7)/视频 \($0).mp4", $0) },
    ]

    @Test("Python reads back every name and byte, and our verifier agrees", arguments: sets, [false, true])
    func readBack(set: [(String, Int)], align: Bool) throws {
        try withTemporaryFolder { folder in
            let contents = set.enumerated().map { (name: $1.0, bytes: noise($1.1, seed: UInt64($0))) }
            let table = (name: "metadata.csv", bytes: Array("a,b\r\n".utf8))
            let archive = try folder.create("out.zip", mode: 0o644)
            var writer = try ZipWriter(ZipLayout([table] + contents, alignment: align ? 4096 : 1), to: archive)
            for (index, entry) in contents.enumerated() {
                try writer.write(index + 1, from: .whole(folder.file("source-\(index)", entry.bytes)))
            }
            // first in the archive, written last
            try writer.write(0, table.bytes.map { [$0] })
            let image = try writer.finish()
            #expect(try archive.status().signature.size == Int64(image.layout.archiveSize))
            #expect(image.crc32s.dropFirst() == contents.map { CRC32.of($0.bytes) }[...])

            let facts = try ZipVerifier.verify(archive, expecting: image)
            let sum = try run("sha256sum", ["out.zip"], in: folder)
            #expect(sum.output.hasPrefix(facts.sha256 + " "))

            let expected = contents.map { "\($0.name)\t\(CRC32.of($0.bytes))\t\($0.bytes.count)\n" }.joined()
            let script = """
                import sys, zipfile, zlib
                with zipfile.ZipFile("out.zip") as archive:
                    assert archive.testzip() is None
                    for entry in archive.infolist()[1:]:
                        data = archive.read(entry)
                        sys.stdout.buffer.write(f"{entry.filename}\\t{zlib.crc32(data)}\\t{len(data)}\\n".encode())
                """
            let python = try run("python3", ["-c", script], in: folder)
            #expect(python.code == 0)
            #expect(python.output == expected)
            let unzip = try run("unzip", ["-tq", "out.zip"], in: folder)
            #expect(unzip.code == 0 || unzip.code == 127, "\(unzip.output)")
        }
    }

    /// An archive of one file in several ways.
    private func pack(
        _ file: OpenFile, size: Int, crc32: UInt32? = nil, sharing: Bool, in folder: Folder
    ) throws -> ZipImage {
        let layout = try ZipLayout([("vip/003.mp4", [UInt8](repeating: 0, count: size))], alignment: 4096)
        var writer = try ZipWriter(layout, to: folder.create("out.zip", mode: 0o644), sharing: sharing)
        try writer.write(0, from: .whole(file), crc32: crc32)
        return try writer.finish()
    }

    @Test("with alignment the data can be found at multiples of 4096 in the file itself", arguments: [false, true])
    func aligned(sharing: Bool) throws {
        try withTemporaryFolder { folder in
            let bytes = noise(300_000, seed: 1)
            let image = try pack(folder.file("source", bytes), size: bytes.count, sharing: sharing, in: folder)
            let packed = try folder.bytes(of: "out.zip")
            #expect(Array(packed[4096..<304_096]) == bytes)
            _ = try ZipVerifier.verify(folder.open("out.zip"), expecting: image)
        }
    }

    @Test("a source that is shorter or longer than was said is named", arguments: [-1, 1], [false, true])
    func changedSize(difference: Int, sharing: Bool) throws {
        try withTemporaryFolder { folder in
            let file = try folder.file("source", noise(300_000, seed: 2))
            let problem = #expect(throws: ZipProblem.self) {
                try pack(file, size: 300_000 + difference, crc32: 1, sharing: sharing, in: folder)
            }
            guard case .sourceChanged("vip/003.mp4", _) = problem else {
                Issue.record("\(String(describing: problem))")
                return
            }
        }
    }

    @Test("bytes that are read must have the CRC that is known; what the kernel copies is left to who said it")
    func knownCRC() throws {
        try withTemporaryFolder { folder in
            let file = try folder.file("source", noise(300_000, seed: 3))
            #expect(throws: ZipProblem.self) { try pack(file, size: 300_000, crc32: 1, sharing: false, in: folder) }
            try folder.remove("out.zip")
            let image = try pack(file, size: 300_000, crc32: 1, sharing: true, in: folder)
            #expect(image.crc32s == [1])
            #expect(throws: ZipProblem.self) {
                try ZipVerifier.verify(folder.open("out.zip"), expecting: image)
            }
        }
    }

    @Test("a source that somebody writes to in the meantime is named", arguments: [false, true])
    func writtenTo(sharing: Bool) throws {
        try withTemporaryFolder { folder in
            let file = try folder.file("source", noise(300_000, seed: 2))
            let source = try ZipSource.whole(file)
            // within the clock tick of the file system the time alone would not tell
            try file.write([1], at: 300_000)
            let layout = try ZipLayout([("a.mp4", noise(300_000, seed: 2))])
            var writer = try ZipWriter(layout, to: folder.create("out.zip", mode: 0o644), sharing: sharing)
            #expect(throws: ZipProblem.sourceChanged(entry: "a.mp4", "somebody wrote to it")) {
                try writer.write(0, from: source)
            }
        }
    }

    @Test("a piece of a file is packed as if it were one", arguments: [false, true])
    func piece(sharing: Bool) throws {
        try withTemporaryFolder { folder in
            let bytes = noise(300_000, seed: 5)
            let whole = try folder.file("whole", bytes)
            let part = Array(bytes[1000..<201_000])
            var writer = try ZipWriter(
                ZipLayout([("a.mp4", part)]), to: folder.create("out.zip", mode: 0o644), sharing: sharing)
            let data = try writer.write(0, from: .piece(of: whole, at: 1000, size: 200_000), wantsHash: true)
            #expect(data.crc32 == CRC32.of(part))
            _ = try ZipVerifier.verify(folder.open("out.zip"), expecting: writer.finish())
            #expect(throws: ZipProblem.self) {
                var writer = try ZipWriter(ZipLayout([("a.mp4", part)]), to: folder.create("two.zip", mode: 0o644))
                try writer.write(0, from: .piece(of: whole, at: 100_001, size: 200_000))
            }
        }
    }

    @Test("an archive that can't be written is told with the system's reason")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            _ = try folder.file("source", noise(10, seed: 4))
            let readOnly = try folder.open("source")
            for sharing in [false, true] {
                let problem = #expect(throws: ZipProblem.self) {
                    _ = try ZipWriter(ZipLayout([("a", [1])]), to: readOnly, sharing: sharing)
                }
                guard case .unwritable = problem else {
                    Issue.record("\(String(describing: problem))")
                    return
                }
            }
        }
    }

    @Test("who is asked to end writes and reads no further")
    func cancelled() throws {
        try withTemporaryFolder { folder in
            let bytes = noise(1000, seed: 1)
            let (archive, image) = try folder.archive("one.zip", [("one.mp4", bytes)])
            let cancellation = Cancellation()
            _ = try ZipVerifier.verify(archive, expecting: image, cancellation: cancellation)
            cancellation.cancel()
            #expect(throws: ZipProblem.archiveUnreadable(.canceled)) {
                try ZipVerifier.verify(archive, expecting: nil, cancellation: cancellation)
            }
            var writer = try ZipWriter(
                image.layout, to: folder.create("two.zip", mode: 0o644), cancellation: cancellation)
            let source = try ZipSource.whole(folder.file("source", bytes))
            #expect(throws: ZipProblem.unwritable(.canceled)) { try writer.write(0, from: source) }
        }
    }
}
