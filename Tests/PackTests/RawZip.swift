import Pack

/// An archive taken to pieces, each of which may be another than it should.
struct RawZip {
    /// What both headers of an entry say.
    struct Header {
        var version: UInt16 = 10
        var flags: UInt16
        var method: UInt16 = 0
        var time: UInt16
        var date: UInt16
        var crc32: UInt32
        var packedSize: UInt32
        var size: UInt32
        var name: [UInt8]
        var extra: [UInt8]

        fileprivate var bytes: [UInt8] {
            little(version) + little(flags) + little(method) + little(time) + little(date) + little(crc32)
                + little(packedSize) + little(size) + little(UInt16(name.count)) + little(UInt16(extra.count))
        }
    }

    struct Entry {
        var local: Header
        var central: Header
        var data: [UInt8]
        var signature: UInt32 = 0x0403_4B50
        var madeBy: UInt16 = 3 << 8 | 10
        var comment: [UInt8] = []
        var attributes: UInt32 = 0o100644 << 16
        /// Added to where the directory says that it stands.
        var shift = 0
        var isInDirectory = true
        /// Before its local header, and behind its data.
        var before: [UInt8] = []
        var after: [UInt8] = []

        /// An entry as it should be.
        init(_ name: String, _ data: [UInt8]) {
            let size = UInt32(data.count)
            let name = Array(name.utf8)
            // 2025-12-19 14:20:07, as MS-DOS writes it at an offset of one hour
            local = Header(
                flags: name.allSatisfy { $0 < 0x80 } ? 0 : 0x800, time: 14 << 11 | 20 << 5 | 3,
                date: 45 << 9 | 12 << 5 | 19, crc32: CRC32.of(data), packedSize: size, size: size, name: name,
                extra: Self.time(packedTime))
            (central, self.data) = (local, data)
        }

        /// Both headers alike.
        mutating func change(_ body: (inout Header) -> Void) {
            body(&local)
            body(&central)
        }

        mutating func rename(_ name: String) {
            change {
                $0.name = Array(name.utf8)
                $0.flags = $0.name.allSatisfy { $0 < 0x80 } ? 0 : 0x800
            }
        }

        /// The field of Info-ZIP's time.
        static func time(_ seconds: Int64) -> [UInt8] {
            little(UInt16(0x5455)) + little(UInt16(5)) + [1] + little(UInt32(truncatingIfNeeded: seconds))
        }
    }

    var entries: [Entry]
    var prefix: [UInt8] = []
    /// Whether the directory's offsets count it.
    var countsPrefix = true
    var beforeDirectory: [UInt8] = []
    /// Added to the number of entries in the end record.
    var countShift = 0
    /// Between the directory and the end record.
    var beforeEnd: [UInt8] = []
    /// Instead of what belongs there.
    var endCount: UInt16?
    var endSize: UInt32?
    var endOffset: UInt32?
    var comment: [UInt8] = []
    var commentShift = 0
    var tail: [UInt8] = []

    init(_ entries: [(name: String, bytes: [UInt8])]) {
        self.entries = entries.map { Entry($0.name, $0.bytes) }
    }

    var bytes: [UInt8] {
        var bytes = prefix
        let start = countsPrefix ? 0 : prefix.count
        var directory: [UInt8] = []
        for entry in entries {
            bytes += entry.before
            let offset = UInt32(bytes.count - start + entry.shift)
            bytes += little(entry.signature) + entry.local.bytes + entry.local.name + entry.local.extra + entry.data
            bytes += entry.after
            guard entry.isInDirectory else { continue }
            directory += little(UInt32(0x0201_4B50)) + little(entry.madeBy) + entry.central.bytes
            directory += little(UInt16(entry.comment.count)) + [0, 0, 0, 0] + little(entry.attributes) + little(offset)
            directory += entry.central.name + entry.central.extra + entry.comment
        }
        bytes += beforeDirectory
        let offset = UInt32(bytes.count - start)
        let count = endCount ?? UInt16(entries.count { $0.isInDirectory } + countShift)
        bytes += directory + beforeEnd + little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + little(count) + little(count)
        bytes += little(endSize ?? UInt32(directory.count)) + little(endOffset ?? offset)
        return bytes + little(UInt16(comment.count + commentShift)) + comment + tail
    }

    /// Where the directory starts, and its length, as they should be.
    var directory: (offset: UInt64, size: UInt64) {
        var plain = self
        (plain.beforeEnd, plain.endSize, plain.endOffset) = ([], nil, nil)
        let end = plain.bytes.dropLast(plain.comment.count + plain.tail.count).suffix(10)
        let numbers = end.reversed().map(UInt64.init)
        return (
            numbers[2] << 24 | numbers[3] << 16 | numbers[4] << 8 | numbers[5],
            numbers[6] << 24 | numbers[7] << 16 | numbers[8] << 8 | numbers[9]
        )
    }

    /// The end record of zip64 and what leads to it, where both are needed by no number.
    ///
    /// - Parameter shift: added to where the first of them is said to stand.
    func zip64End(shift: UInt64 = 0) -> [UInt8] {
        let (offset, size) = directory
        let count = UInt64(entries.count)
        let record =
            little(UInt32(0x0606_4B50)) + little(UInt64(44)) + little(UInt16(3 << 8 | 45)) + little(UInt16(45))
            + little(UInt64(0)) + little(count) + little(count) + little(size) + little(offset)
        return record + little(UInt32(0x0706_4B50)) + little(UInt32(0)) + little(offset + size + shift)
            + little(UInt32(1))
    }
}

func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}
