import Disk
import Foundation
import Pack
import Synchronization
import SystemPackage
import Testing

@Suite struct ZipWriterTests {
    private static let time: Int64 = 1_766_150_407

    private func entry(_ name: String, _ file: OpenFile, crc32: UInt32? = nil) throws -> ZipEntry {
        ZipEntry(
            name: name, size: try file.status().signature.size, crc32: crc32, modified: Self.time, source: .file(file))
    }

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
            let contents = set.enumerated().map { ($1.0, noise($1.1, seed: UInt64($0))) }
            var entries: [ZipEntry] = []
            for (index, (name, bytes)) in contents.enumerated() {
                entries.append(try entry(name, folder.file("source-\(index)", bytes)))
            }
            entries.append(ZipEntry(name: "metadata.csv", bytes: Array("a,b\r\n".utf8), modified: Self.time))
            let archive = try folder.create("out.zip", mode: 0o644)
            let receipt = try ZipWriter.write(entries, to: archive, align: align)
            #expect(try archive.status().signature.size == receipt.bytes)

            let facts = try ZipVerifier.verify(archive, expecting: receipt.contents)
            #expect(facts.contents == receipt.contents)
            let sum = try run("sha256sum", ["out.zip"], in: folder)
            #expect(sum.output.hasPrefix(facts.sha256 + " "))

            let expected = contents.map { "\($0.0)\t\(CRC32.of($0.1))\t\($0.1.count)\n" }.joined()
            let script = """
                import sys, zipfile, zlib
                with zipfile.ZipFile("out.zip") as archive:
                    assert archive.testzip() is None
                    for entry in archive.infolist()[:-1]:
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

    @Test("with alignment the data can be found at multiples of 4096 in the file itself")
    func aligned() throws {
        try withTemporaryFolder { folder in
            let bytes = noise(10_000, seed: 1)
            let source = try folder.file("source", bytes)
            let archive = try folder.create("out.zip", mode: 0o644)
            _ = try ZipWriter.write([entry("a.mp4", source), entry("b.mp4", source)], to: archive, align: true)
            let packed = try folder.bytes(of: "out.zip")
            #expect(Array(packed[4096..<14096]) == bytes)
            #expect(Array(packed[16384..<26384]) == bytes)
        }
    }

    @Test("a source that is shorter, longer or different from what was said is named", arguments: [-1, 1, 0])
    func changedSource(difference: Int64) throws {
        try withTemporaryFolder { folder in
            let file = try folder.file("source", noise(300_000, seed: 2))
            var changed = try entry("vip/003.mp4", file, crc32: 1)
            changed.size += difference
            let archive = try folder.create("out.zip", mode: 0o644)
            let problem = #expect(throws: ZipProblem.self) { try ZipWriter.write([changed], to: archive) }
            guard case .sourceChanged("vip/003.mp4", _) = problem else {
                Issue.record("\(String(describing: problem))")
                return
            }
        }
    }

    @Test("a CRC that is known is taken when the bytes have it")
    func knownCRC() throws {
        try withTemporaryFolder { folder in
            let bytes = noise(300_000, seed: 3)
            let file = try folder.file("source", bytes)
            let archive = try folder.create("out.zip", mode: 0o644)
            let receipt = try ZipWriter.write([entry("a.mp4", file, crc32: CRC32.of(bytes))], to: archive)
            #expect(receipt.contents == [ZipContent(name: "a.mp4", size: 300_000, crc32: CRC32.of(bytes))])
        }
    }

    @Test("an archive that can't be written is told with the system's reason")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            let file = try folder.file("source", noise(10, seed: 4))
            let readOnly = try folder.open("source")
            let entries = try [entry("a.mp4", file)]
            #expect(throws: ZipProblem.unwritable(.badFileDescriptor)) { try ZipWriter.write(entries, to: readOnly) }
        }
    }

    @Test("files are opened one after the other, for a batch may have more than a process may open")
    func opensOneAtATime() throws {
        try withTemporaryFolder { folder in
            let held = try folder.file("source", noise(10, seed: 1))
            let path = folder.path.appending("source").string
            #expect(Self.openCount(path) == 1)
            let most = Mutex(0)
            let entries = (0..<50).map { index in
                ZipEntry(
                    name: "\(index).mp4", size: 10, crc32: nil, modified: Self.time,
                    source: .opening {
                        let file = Result { () throws(Errno) in try folder.open("source") }
                        most.withLock { $0 = max($0, Self.openCount(path)) }
                        return file
                    })
            }
            _ = try ZipWriter.write(entries, to: folder.create("out.zip", mode: 0o644))
            #expect(most.withLock { $0 } == 2)
            #expect(try held.status().signature.size == 10)
        }
    }

    /// How many descriptors of this process stand for a file.
    private static func openCount(_ path: String) -> Int {
        let own = "/proc/self/fd"
        return ((try? FileManager.default.contentsOfDirectory(atPath: own)) ?? []).count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(own)/\($0)")) == path
        }
    }

    @Test("who is asked to end writes and reads no further")
    func cancelled() throws {
        try withTemporaryFolder { folder in
            let entries = [try entry("one.mp4", folder.file("source", noise(1000, seed: 1)))]
            let archive = try folder.create("out.zip", mode: 0o644)
            _ = try ZipWriter.write(entries, to: archive)
            let cancellation = Cancellation()
            _ = try ZipVerifier.verify(archive, expecting: nil, cancellation: cancellation)
            cancellation.cancel()
            #expect(throws: ZipProblem.archiveUnreadable(.canceled)) {
                try ZipVerifier.verify(archive, expecting: nil, cancellation: cancellation)
            }
            #expect(throws: ZipProblem.unwritable(.canceled)) {
                try ZipWriter.write(
                    entries, to: folder.create("two.zip", mode: 0o644), cancellation: cancellation)
            }
        }
    }
}
