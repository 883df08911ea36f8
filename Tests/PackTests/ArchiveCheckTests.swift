import Crypto
import Disk
import Foundation
import Pack
import SystemPackage
import Testing
import Words

@Suite struct ArchiveCheckTests {
    /// A delivery in the making: videos by their names, and the rows that speak of them.
    private struct Delivery {
        var videos: [(name: String, bytes: [UInt8])] = [
            ("001 Anna.mp4", noise(700, seed: 1)), ("vip/视频.mp4", noise(300, seed: 2)), ("z.mp4", noise(50, seed: 3)),
        ]
        var rows: [MetadataRow]

        init() {
            rows = videos.map { name, bytes in
                var row = MetadataRow(batch: "b", batchID: "b1", item: String(name.dropLast(4)), status: .ok)
                row.video = name
                row.bytes = Int64(bytes.count)
                row.crc32 = CRC32.of(bytes)
                row.sha256 = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
                return row
            }
            rows.append(MetadataRow(batch: "b", batchID: "b1", item: "empty", status: .rejected))
        }

        var table: [UInt8] { MetadataTable.csv(rows, timeZone: .utc) }

        func archive(in folder: Folder, align: Bool = false) throws -> [UInt8] {
            defer { try? folder.remove("made.zip") }
            _ = try folder.archive("made.zip", videos + [("metadata.csv", table)], align: align)
            return try folder.bytes(of: "made.zip")
        }
    }

    private func report(
        _ bytes: [UInt8], in folder: Folder, checksumFile: [UInt8]? = nil, table: [UInt8]? = nil
    ) throws -> ArchiveReport {
        let file = try folder.file("checked.zip", bytes)
        defer { try? folder.remove("checked.zip") }
        return try ArchiveCheck.report(on: file, checksumFile: checksumFile, table: table)
    }

    private func words(_ report: ArchiveReport) -> [String] {
        report.problems.map(\.en) + report.items.flatMap { item in item.problems.map { "\(item.name): \($0.en)" } }
    }

    @Test("a whole delivery is sound, with what lies beside it", arguments: [false, true])
    func sound(align: Bool) throws {
        try withTemporaryFolder { folder in
            let delivery = Delivery()
            let bytes = try delivery.archive(in: folder, align: align)
            let sha256 = SHA256.hash(data: bytes).map { String(format: "%02X", $0) }.joined()
            let line = ChecksumFile.line(sha256: sha256, name: Array("a\\b.zip".utf8))

            let found = try report(bytes, in: folder, checksumFile: line, table: delivery.table)

            #expect(found.verdict == .sound && words(found).isEmpty)
            #expect(found.items.map(\.name) == ["001 Anna", "vip/视频", "z"] && found.rowsWithoutVideo == 1)
            #expect(found.checksumFile == .agrees && found.table == .agrees)
            #expect(found.bytes == bytes.count && found.sha256 == sha256.lowercased())
        }
    }

    @Test("no bit can turn and no byte be lost without notice, in an archive that lies alone")
    func everyBit() throws {
        try withTemporaryFolder { folder in
            let good = try Delivery().archive(in: folder)
            for index in good.indices {
                var bytes = good
                bytes[index] ^= 1 << UInt8(index % 8)
                let found = try report(bytes, in: folder)
                #expect(found.verdict != .sound, "byte \(index)")
            }
            for length in good.indices {
                let found = try report(Array(good.prefix(length)), in: folder)
                #expect(found.verdict != .sound, "cut to \(length)")
            }
        }
    }

    @Test("bytes taken out, put in or exchanged at random are noticed, and nothing stops the look", arguments: 1...20)
    func random(seed: Int) throws {
        try withTemporaryFolder { folder in
            let delivery = Delivery()
            let good = try delivery.archive(in: folder)
            var random = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<40 {
                var bytes = good
                let at = Int.random(in: 0..<(bytes.count - 40), using: &random)
                let count = Int.random(in: 1...32, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes.removeSubrange(at..<(at + count))
                case 1: bytes.insert(contentsOf: noise(count, seed: UInt64(at)), at: at)
                case 2: bytes.replaceSubrange(at..<(at + count), with: noise(count, seed: UInt64(at)))
                default: bytes.append(contentsOf: noise(count, seed: UInt64(at)))
                }
                let found = try report(bytes, in: folder, table: delivery.table)
                #expect(found.verdict != .sound && !words(found).isEmpty, "seed \(seed)")
            }
        }
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Items that are told to be wrong, of the three.
        var items: [String]
        var says: String
        var change: @Sendable (inout [UInt8]) -> Void
    }

    /// Where an entry's header begins.
    private static func header(_ name: String, in bytes: [UInt8]) -> Int {
        (Data(bytes).range(of: Data(name.utf8))?.lowerBound ?? 0) - 30
    }

    static let damages = [
        Damage(testDescription: "a byte of one video", items: ["001 Anna"], says: "CRC") { $0[100] ^= 1 },
        Damage(testDescription: "the header of the second entry", items: ["vip/视频"], says: "header is damaged") {
            $0[header("vip/", in: $0)] ^= 1
        },
        Damage(testDescription: "the size in the header of the first", items: ["001 Anna"], says: "two sizes") {
            $0[18] ^= 1
        },
        Damage(testDescription: "bytes before the archive", items: [], says: "end record") {
            $0.insert(contentsOf: Array("hello".utf8), at: 0)
        },
        Damage(testDescription: "bytes behind the archive", items: [], says: "3 bytes follow its end") {
            $0 += [1, 2, 3]
        },
        Damage(testDescription: "the end cut off", items: [], says: "too early") { $0.removeLast(5) },
        Damage(
            testDescription: "cut inside of the second video", items: ["vip/视频", "z"], says: "metadata.csv is missing"
        ) {
            $0.removeSubrange((header("vip/", in: $0) + 100)...)
        },
    ]

    @Test("damage is told of the items that it hits, and of no others", arguments: damages)
    func damaged(_ damage: Damage) throws {
        try withTemporaryFolder { folder in
            let delivery = Delivery()
            var bytes = try delivery.archive(in: folder)
            damage.change(&bytes)

            let found = try report(bytes, in: folder, table: delivery.table)

            #expect(found.verdict == .damaged)
            let wrong = found.items.filter { !$0.problems.isEmpty }.map(\.name)
            #expect(wrong == damage.items || damage.items.isEmpty, "\(words(found))")
            #expect(words(found).contains { $0.contains(damage.says) }, "\(words(found))")
            #expect(found.items.count == 3)
        }
    }

    struct Mismatch: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var says: [String]
        var change: @Sendable (inout [String: [UInt8]], inout [MetadataRow]) -> Void
    }

    static let mismatches = [
        Mismatch(
            testDescription: "two videos exchanged",
            says: ["001 Anna: it is not the video", "z: it is not the video"]
        ) { videos, _ in
            (videos["001 Anna.mp4"], videos["z.mp4"]) = (videos["z.mp4"], videos["001 Anna.mp4"])
        },
        Mismatch(
            testDescription: "a video under another name",
            says: ["z: it is missing in the ZIP", "“y.mp4” is in it, but no row"]
        ) { videos, _ in videos["y.mp4"] = videos.removeValue(forKey: "z.mp4") },
        Mismatch(testDescription: "a video too few", says: ["z: it is missing in the ZIP"]) { videos, _ in
            videos["z.mp4"] = nil
        },
        Mismatch(testDescription: "a file too many", says: ["“run.log” is in it, but no row"]) { videos, _ in
            videos["run.log"] = [1]
        },
        Mismatch(
            testDescription: "another SHA-256", says: ["z: it is not the video that metadata.csv describes (sha256"]
        ) { _, rows in rows[2].sha256 = rows[1].sha256 },
        Mismatch(testDescription: "another size", says: ["(bytes differ)"]) { _, rows in rows[0].bytes = 5 },
        Mismatch(testDescription: "another CRC", says: ["(crc32 differ)"]) { _, rows in rows[0].crc32 = 5 },
        Mismatch(testDescription: "two rows of one video", says: ["two rows name the same"]) { _, rows in
            rows.append(rows[0])
        },
        Mismatch(testDescription: "a row without its video", says: ["001 Anna: its row is ok but names no video"]) {
            _, rows in rows[0].video = nil
        },
    ]

    @Test("an archive whose headers are all right is held against its table", arguments: mismatches)
    func mismatched(_ mismatch: Mismatch) throws {
        try withTemporaryFolder { folder in
            var delivery = Delivery()
            var videos = Dictionary(uniqueKeysWithValues: delivery.videos.map { ($0.name, $0.bytes) })
            mismatch.change(&videos, &delivery.rows)
            delivery.videos = videos.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }

            let found = try report(delivery.archive(in: folder), in: folder)

            #expect(found.verdict == .damaged)
            for text in mismatch.says {
                #expect(words(found).contains { $0.contains(text) }, "\(words(found))")
            }
        }
    }

    @Test("what lies beside it and does not fit is told")
    func companions() throws {
        try withTemporaryFolder { folder in
            let bytes = try Delivery().archive(in: folder)
            let other = ChecksumFile.line(sha256: String(repeating: "0", count: 64), name: Array("a.zip".utf8))
            let first = try report(bytes, in: folder, checksumFile: other, table: Array("item".utf8))
            let second = try report(bytes, in: folder, checksumFile: Array("nothing".utf8))

            #expect(first.checksumFile == .differs && first.table == .differs && first.verdict == .damaged)
            #expect(first.items.allSatisfy { $0.problems.isEmpty })
            #expect(words(second) == ["the .sha256 file beside it holds no SHA-256"])
        }
    }

    @Test(
        "a ZIP of another program is told as such",
        arguments: ["ZIP_STORED", "ZIP_DEFLATED"])
    func foreign(method: String) throws {
        try withTemporaryFolder { folder in
            let script = """
                import zipfile
                with zipfile.ZipFile('p.zip', 'w', zipfile.\(method)) as z:
                    z.writestr('a.mp4', 'x' * 99); z.writestr('metadata.csv', 'item,status,video')
                """
            #expect(try run("python3", ["-c", script], in: folder).code == 0)
            let found = try report(folder.bytes(of: "p.zip"), in: folder)
            #expect(found.verdict == .foreign)
            #expect(found.problems.first?.en.contains("did not make") == true)
        }
    }

    @Test("what is no ZIP is told as such", arguments: [[], Array("hello".utf8), noise(5000, seed: 9)])
    func noZip(bytes: [UInt8]) throws {
        try withTemporaryFolder { folder in
            let found = try report(bytes, in: folder)
            #expect(found.verdict == .noZip && found.problems.count == 1)
        }
    }
}
