import CZlib
import Disk
import Foundation
import Pack
import SystemPackage
import Testing

/// Where the numbers of the format end. Large files are holes, so that gigabytes take no room and no time to write.
@Suite struct ZipEdgeTests {
    /// An archive of files of zeros and a small one behind them.
    private func sparse(_ sizes: [UInt64], alignment: UInt16, in folder: Folder) throws -> (OpenFile, ZipImage) {
        let last = Array("the end".utf8)
        var members = ZipMembers()
        for (index, size) in sizes.enumerated() {
            members.append(name: "\(index).mp4", size: size, modified: packedTime)
        }
        members.append(name: "last.mp4", size: UInt64(last.count), modified: packedTime)
        let layout = try ZipLayout(members, alignment: alignment, timeZone: .plusOne)
        let image = ZipImage(layout, crc32s: sizes.map(Self.crc32OfZeros) + [CRC32.of(last)])
        let file = try folder.create("sparse.zip", mode: 0o644)
        try file.resize(to: Int64(layout.archiveSize))
        var offset: UInt64 = 0
        for part in image.parts(of: 0..<layout.archiveSize) {
            switch part {
            case .bytes(let bytes): try file.write(bytes, at: Int64(offset))
            case .data(sizes.count, let range): try file.write(Array(last[Int(range.lowerBound)...]), at: Int64(offset))
            case .data: break
            }
            offset += part.count
        }
        return (file, image)
    }

    private static func crc32OfZeros(_ count: UInt64) -> UInt32 {
        // of 1, 2, 4 ... zeros, put together
        var (crc, piece) = (UInt(0), UInt(crc32(0, [0], 1)))
        for bit in 0..<UInt64(64 - count.leadingZeroBitCount) {
            if count >> bit & 1 == 1 { crc = crc32_combine(crc, piece, 1 << Int(bit)) }
            piece = crc32_combine(piece, piece, 1 << Int(bit))
        }
        return UInt32(crc)
    }

    /// Around each number that 32 bits can't hold, as a size and as an offset.
    private static let sizes: [[UInt64]] = [
        [0xFFFF_FFFE], [0xFFFF_FFFF], [0x1_0000_0000], [5 << 30], [0x7FFF_FFFF, 0x7FFF_FFFF], [3 << 30, 3 << 30, 0],
    ]

    @Test("Python reads every size, and the file behind", arguments: sizes, [1, 4096] as [UInt16])
    func python(sizes: [UInt64], alignment: UInt16) throws {
        try withTemporaryFolder { folder in
            _ = try sparse(sizes, alignment: alignment, in: folder)
            let script = """
                import zipfile
                archive = zipfile.ZipFile("sparse.zip")
                print(*[entry.file_size for entry in archive.infolist()], archive.read("last.mp4").decode())
                """
            let output = try run("python3", ["-c", script], in: folder).output
            #expect(output == (sizes + [7]).map { "\($0)" }.joined(separator: " ") + " the end\n")
        }
    }

    @Test("a file of 5 GiB is verified byte by byte")
    func verified() throws {
        try withTemporaryFolder { folder in
            let (file, image) = try sparse([5 << 30], alignment: 4096, in: folder)
            let facts = try ZipVerifier.verify(file, expecting: image)
            #expect(facts.bytes == Int64(image.layout.archiveSize))
        }
    }

    @Test(
        "as many entries as the old end record holds, one more, and 100,000",
        arguments: [65_534, 65_535, 65_536, 100_000])
    func counts(count: Int) throws {
        try withTemporaryFolder { folder in
            var members = ZipMembers()
            for index in 0..<count { members.append(name: "\(index).mp4", size: 0, modified: packedTime) }
            let layout = try ZipLayout(members, timeZone: .plusOne)
            let file = try folder.create("many.zip", mode: 0o644)
            var writer = try ZipWriter(layout, to: file)
            for index in 0..<count { try writer.write(index, EmptyCollection<[UInt8]>()) }
            let image = try writer.finish()
            _ = try ZipVerifier.verify(file, expecting: image)
            let script = "import zipfile; print(len(zipfile.ZipFile('many.zip').infolist()))"
            #expect(try run("python3", ["-c", script], in: folder).output == "\(count)\n")
        }
    }

    @Test("random trees of names and sizes are read back by Python as they were", arguments: 1...20)
    func trees(seed: Int) throws {
        try withTemporaryFolder { folder in
            var random = SeededGenerator(seed: UInt64(seed))
            let words = ["a", "vip", "视频", "é", "🎬 x", "001", "b c", "Straße"]
            let originals = (0..<60).map { _ in
                (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
                    .joined(separator: "/") + ".mp4"
            }
            let entries = SafeName.assign(Array(Set(originals)).sorted()).map { name in
                let size = [0, 1, 4095, 4096, 4097, 70_000].randomElement(using: &random) ?? 0
                return (name: name.name, bytes: noise(size, seed: UInt64(name.name.count)))
            }
            let (file, image) = try folder.archive("tree.zip", entries, align: Bool.random(using: &random))
            _ = try ZipVerifier.verify(file, expecting: image)
            let script = """
                import sys, zipfile, zlib
                archive = zipfile.ZipFile("tree.zip")
                for entry in archive.infolist():
                    sys.stdout.buffer.write(f"{entry.filename} {zlib.crc32(archive.read(entry))}\\n".encode())
                """
            let output = try run("python3", ["-c", script], in: folder).output
            #expect(output == entries.map { "\($0.name) \(CRC32.of($0.bytes))\n" }.joined())
        }
    }
}
