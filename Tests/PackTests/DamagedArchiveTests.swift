import Crypto
import Disk
import Foundation
import Pack
import SystemPackage
import Testing

/// Archives that are wrong in a single thing, most of which no reader would tell: each is recognised, by itself and with
/// a table that says nothing else.
@Suite struct DamagedArchiveTests {
    private static let videos = [
        (name: "one.mp4", bytes: noise(300, seed: 1)), (name: "two.mp4", bytes: noise(2500, seed: 2)),
        (name: "视频.mp4", bytes: noise(40, seed: 3)),
    ]

    /// A table of whatever videos an archive has.
    private static func table(_ entries: [RawZip.Entry]) -> [UInt8] {
        let rows = entries.map { entry in
            let name = String(decoding: entry.central.name, as: UTF8.self)
            var row = MetadataRow(batch: "b", batchID: "b1", item: name, status: .ok)
            row.video = name
            row.bytes = Int64(entry.data.count)
            row.sha256 = SHA256.hash(data: entry.data).map { String(format: "%02x", $0) }.joined()
            return row
        }
        return MetadataTable.csv(rows, timeZone: .utc)
    }

    /// With its table in front, which speaks of it as it is now.
    private static func withTable(_ zip: RawZip) -> RawZip {
        var zip = zip
        zip.entries.insert(RawZip.Entry("metadata.csv", table(zip.entries)), at: 0)
        return zip
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Before the table is made, which then says the same.
        var early: @Sendable (inout RawZip) -> Void = { _ in }
        /// When all is there; the second video is the entry 2.
        var late: @Sendable (inout RawZip) -> Void = { _ in }
        var bytes: @Sendable (inout [UInt8]) -> Void = { _ in }

        init(_ name: String, late: @escaping @Sendable (inout RawZip) -> Void) {
            (testDescription, self.late) = (name, late)
        }

        static func early(_ name: String, _ change: @escaping @Sendable (inout RawZip) -> Void) -> Damage {
            var damage = Damage(name) { _ in }
            damage.early = change
            return damage
        }

        static func bytes(_ name: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void) -> Damage {
            var damage = Damage(name) { _ in }
            damage.bytes = change
            return damage
        }

        /// The second video has this name.
        static func name(_ what: String, _ name: String) -> Damage {
            early(what) { $0.entries[1].rename(name) }
        }
    }

    static let strays: [Damage] = [
        Damage("a file that no row names", late: { $0.entries.append(RawZip.Entry("x.mp4", [1])) }),
        Damage("one more, with a name that is there without case") {
            $0.entries.append(RawZip.Entry("ONE.mp4", [1]))
        },
    ]

    private static let longName = String(repeating: "电", count: 90) + ".mp4"
    private static let decomposed = "cafe\u{301}.mp4"

    static let contents: [Damage] = [
        Damage("another CRC in both headers", late: { $0.entries[2].change { $0.crc32 ^= 1 } }),
        .bytes("another byte of a video", { $0[$0.count / 2] ^= 0x55 }),
        .bytes("cut in the data", { $0.removeLast($0.count / 3) }),
        .bytes("cut by a byte", { $0.removeLast() }),
        .bytes("data cut out", { $0.removeSubrange(900..<1000) }),
        .bytes("empty", { $0 = [] }),
        .bytes("no ZIP", { $0 = Array(String(repeating: "hello ", count: 100).utf8) }),
        Damage("no entries", late: { $0.entries = [] }),
        Damage("no videos that the table has", late: { $0.entries.removeLast(3) }),
        Damage("compressed", late: { $0.entries[2].change { $0.method = 8 } }),
        Damage("an unknown method", late: { $0.entries[2].change { $0.method = 12 } }),
        Damage("encrypted", late: { $0.entries[2].change { $0.flags |= 1 } }),
        Damage("an unknown flag", late: { $0.entries[2].change { $0.flags |= 0x10 } }),
        Damage("another kind of file", late: { $0.entries.append(RawZip.Entry("a.exe", [1])) }),
    ]

    static let headers = [
        Damage("a data descriptor, and no sizes in front") {
            let (crc32, size) = ($0.entries[2].local.crc32, $0.entries[2].local.size)
            $0.entries[2].change { $0.flags |= 8 }
            ($0.entries[2].local.crc32, $0.entries[2].local.size, $0.entries[2].local.packedSize) = (0, 0, 0)
            $0.entries[2].after = little(UInt32(0x0807_4B50)) + little(crc32) + little(size) + little(size)
        },
        Damage("the flag of a data descriptor alone", late: { $0.entries[2].change { $0.flags |= 8 } }),
        Damage("no sizes in the local header") {
            ($0.entries[2].local.crc32, $0.entries[2].local.size, $0.entries[2].local.packedSize) = (0, 0, 0)
        },
        Damage("a local size that is one too large") {
            $0.entries[2].local.size += 1
            $0.entries[2].local.packedSize += 1
        },
        Damage("another local name", late: { $0.entries[2].local.name = Array("TWO.mp4".utf8) }),
        Damage("other local flags", late: { $0.entries[2].local.flags ^= 0x800 }),
        Damage("another local time", late: { $0.entries[2].local.time ^= 1 }),
        Damage("no UTF-8 flag for a name that needs it", late: { $0.entries[3].change { $0.flags = 0 } }),
        Damage("a UTF-8 flag for a name that doesn't", late: { $0.entries[2].change { $0.flags = 0x800 } }),
        Damage("a name that is no UTF-8", late: { $0.entries[3].change { $0.name = Array("caf".utf8) + [0xE9] } }),
        Damage("an executable", late: { $0.entries[2].attributes = 0o100755 << 16 }),
        Damage("no mode", late: { $0.entries[2].attributes = 0 }),
        Damage("a symbolic link", late: { $0.entries[2].attributes = 0o120777 << 16 }),
        Damage("made by MS-DOS", late: { $0.entries[2].madeBy = 20 }),
        Damage("write-protected", late: { $0.entries[2].attributes |= 1 }),
        Damage("a version that nothing needs", late: { $0.entries[2].change { $0.version = 45 } }),
        Damage("a comment of an entry", late: { $0.entries[2].comment = [65] }),
        Damage("no time at all") { $0.entries[2].change { ($0.time, $0.date) = (0, 0) } },
        Damage("31 November", late: { $0.entries[2].change { $0.date = 45 << 9 | 11 << 5 | 31 } }),
        Damage("half past 24", late: { $0.entries[2].change { $0.time = 24 << 11 | 30 << 5 } }),
        Damage("two times of its extra field") { $0.entries[2].local.extra = RawZip.Entry.time(packedTime + 60) },
        Damage("times that are of no time zone") {
            $0.entries[2].change { $0.extra = RawZip.Entry.time(packedTime + 400) }
        },
        Damage("an extra field in the local header only", late: { $0.entries[2].central.extra = [] }),
        Damage("an extra field that runs over", late: { $0.entries[2].local.extra.removeLast(2) }),
        Damage("stray zeros behind the extra fields", late: { $0.entries[2].local.extra += [0, 0, 0] }),
        Damage("an unknown extra field", late: { $0.entries[2].change { $0.extra += [0xFE, 0xCA, 0, 0] } }),
        Damage("padding that doesn't align") {
            $0.entries[2].local.extra += little(UInt16(0xD935)) + little(UInt16(3)) + little(UInt16(4096)) + [0]
        },
        Damage("padding that isn't zero") {
            // to 1, so that it is the only fault
            $0.entries[2].local.extra += little(UInt16(0xD935)) + little(UInt16(3)) + little(UInt16(1)) + [120]
        },
        Damage("padding in the directory") {
            $0.entries[2].central.extra += little(UInt16(0xD935)) + little(UInt16(2)) + little(UInt16(1))
        },
    ]

    static let places = [
        Damage("bytes behind the end", late: { $0.tail = Array("garbage".utf8) }),
        Damage("a line's end behind the end", late: { $0.tail = [10] }),
        Damage("a comment", late: { $0.comment = Array("abc".utf8) }),
        Damage("a comment that is longer than said") { ($0.comment, $0.commentShift) = (Array("abc".utf8), -1) },
        Damage("a comment that is shorter than said") { ($0.comment, $0.commentShift) = (Array("abc".utf8), 5) },
        Damage("bytes in front that the offsets count", late: { $0.prefix = Array("#!/bin/sh\n".utf8) }),
        Damage("bytes in front that the offsets don't count") {
            ($0.prefix, $0.countsPrefix) = (Array("#!/bin/sh\n".utf8), false)
        },
        Damage("a gap between entries", late: { $0.entries[2].before = [UInt8](repeating: 0, count: 16) }),
        Damage("a gap before the directory", late: { $0.beforeDirectory = [UInt8](repeating: 0, count: 16) }),
        Damage("two names of the same data") { zip in
            var (front, twin) = (zip, zip)
            front.entries.removeLast(2)
            twin.entries = [zip.entries[2]]
            twin.entries[0].central.name = Array("six.mp4".utf8)
            twin.entries[0].shift = Int(front.directory.offset)
            let (offset, size) = twin.directory
            zip.beforeEnd = Array(twin.bytes.dropFirst(Int(offset)).prefix(Int(size)))
            (zip.countShift, zip.endSize) = (1, UInt32(zip.directory.size + size))
        },
        Damage("a place that is another's", late: { $0.entries[2].shift = -7 }),
        Damage("another signature", late: { $0.entries[2].signature ^= 1 }),
        Damage("an entry that the directory doesn't know", late: { $0.entries[2].isInDirectory = false }),
        Damage("a count that is too small", late: { $0.countShift = -1 }),
        Damage("a count that is too large", late: { $0.countShift = 1 }),
        Damage("the directory in another order") { zip in
            let other = zip.entries[2].central
            zip.entries[2].central = zip.entries[1].central
            zip.entries[1].central = other
        },
    ]

    static let wide = [
        Damage("an end record of zip64 that nothing needs", late: { $0.beforeEnd = $0.zip64End() }),
        Damage("zip64 although all fits") {
            $0.beforeEnd = $0.zip64End()
            ($0.endCount, $0.endSize, $0.endOffset) = (.max, .max, .max)
        },
        Damage("zip64 at another place") {
            $0.beforeEnd = $0.zip64End(shift: 5)
            ($0.endCount, $0.endSize, $0.endOffset) = (.max, .max, .max)
        },
        Damage("an end record that points to zip64 without it", late: { $0.endOffset = .max }),
        Damage("sizes of zip64 that nothing needs") { zip in
            let size = UInt64(zip.entries[2].local.size)
            zip.entries[2].change {
                $0.version = 45
                $0.extra = little(UInt16(1)) + little(UInt16(16)) + little(size) + little(size) + $0.extra
            }
        },
        Damage("sizes of zip64 although they fit") { zip in
            let size = UInt64(zip.entries[2].local.size)
            zip.entries[2].change {
                ($0.version, $0.size, $0.packedSize) = (45, .max, .max)
                $0.extra = little(UInt16(1)) + little(UInt16(16)) + little(size) + little(size) + $0.extra
            }
        },
        Damage("a field of zip64 that is too short") { zip in
            let size = UInt64(zip.entries[2].local.size)
            zip.entries[2].change {
                ($0.version, $0.size, $0.packedSize) = (45, .max, .max)
                $0.extra = little(UInt16(1)) + little(UInt16(8)) + little(size) + $0.extra
            }
        },
    ]

    static let names: [Damage] = [
        Damage.name("a backslash", #"a\b.mp4"#), .name("an absolute path", "/tmp/evil.mp4"),
        .name("a drive", "C:evil.mp4"), .name("a way out", "../evil.mp4"),
        .name("a way out inside", "a/../../evil.mp4"),
        .name("no name", ""), .name("an empty folder's name", "a//b.mp4"), .name("a control character", "a\nb.mp4"),
        .name("letters that turn the direction", "a\u{202E}gnp.mp4"), .name("letters taken apart", decomposed),
        .name("a name that Windows reserves", "con.mp4"), .name("a folder of such a name", "lpt1/a.mp4"),
        .name("a letter that Windows forbids", "what?.mp4"), .name("a dot at the end", "a.mp4."),
        .name("a blank at a folder's end", "a /b.mp4"), .name("a name of 274 bytes", longName),
        .name("the name of another", "one.mp4"), .name("the name of another without case", "ONE.mp4"),
        .name("a file that is another's folder", "one.mp4/two.mp4"),
        .early("a folder that is another's file") {
            $0.entries[0].rename("two.mp4/one.mp4")
            $0.entries[1].rename("two.mp4")
        },
    ]

    private static func verdict(_ bytes: [UInt8], in folder: Folder) throws -> ArchiveReport.Verdict {
        let file = try folder.file("checked.zip", bytes)
        defer { try? folder.remove("checked.zip") }
        return try ArchiveCheck.report(on: file, checksumFile: nil, table: nil).verdict
    }

    @Test("the archive that they are made of is sound, and as we write it")
    func sound() throws {
        try withTemporaryFolder { folder in
            let zip = Self.withTable(RawZip(Self.videos))
            #expect(try Self.verdict(zip.bytes, in: folder) == .sound)
            let entries = zip.entries.map { (name: String(decoding: $0.local.name, as: UTF8.self), bytes: $0.data) }
            _ = try folder.archive("ours.zip", entries)
            #expect(try folder.bytes(of: "ours.zip") == zip.bytes)
        }
    }

    @Test("each single fault is recognised", arguments: contents + strays + headers + places + wide + names)
    func recognised(_ damage: Damage) throws {
        try withTemporaryFolder { folder in
            var zip = RawZip(Self.videos)
            damage.early(&zip)
            zip = Self.withTable(zip)
            damage.late(&zip)
            var bytes = zip.bytes
            damage.bytes(&bytes)
            #expect(try Self.verdict(bytes, in: folder) != .sound)
            // and so it is before a delivery
            let file = try folder.file("checked.zip", bytes)
            let isOfTable = [
                "another kind of file", "a file that no row names", "no videos that the table has", "no entries",
            ].contains(
                damage.testDescription)
            if !isOfTable { #expect(throws: ZipProblem.self) { try ZipVerifier.verify(file, expecting: nil) } }
        }
    }
}
