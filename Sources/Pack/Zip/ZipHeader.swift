import Foundation

/// What stands before the data of an entry, and what the directory says of it.
struct ZipHeader {
    let dataOffset: UInt64
    private let name: ArraySlice<UInt8>
    private let size: UInt64
    private let offset: UInt64
    private let modified: Int64
    private let timeZone: TimeZone
    /// 0xD935, in the local header only.
    private let padding: [UInt8]

    /// - Parameter offset: where the local header stands.
    init(_ members: ZipMembers, _ index: Int, offset: UInt64, alignment: UInt16, timeZone: TimeZone) {
        name = members.names[index]
        size = members.sizes[index]
        modified = members.times[index]
        (self.offset, self.timeZone) = (offset, timeZone)
        let extra = Self.sizesExtra(size).count + Self.timeExtra(modified).count
        let unpadded = offset + UInt64(ZipFormat.localHeaderSize + name.count + extra)
        padding = size > 0 ? Self.padding(from: unpadded, to: alignment) : []
        dataOffset = unpadded + UInt64(padding.count)
    }

    /// In the directory.
    var recordSize: Int { ZipFormat.centralHeaderSize + name.count + recordExtra.count }

    func local(crc32: UInt32) -> [UInt8] {
        let extra = localExtra
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.localSignature)
        bytes += common(crc32: crc32, extra: extra)
        return bytes + name + extra
    }

    func record(crc32: UInt32) -> [UInt8] {
        let extra = recordExtra
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.centralSignature)
        bytes.append(littleEndian: ZipFormat.host | version)
        bytes += common(crc32: crc32, extra: extra)
        bytes.append(littleEndian: UInt16(0))  // no comment
        bytes.append(littleEndian: UInt16(0))  // disk
        bytes.append(littleEndian: UInt16(0))  // internal attributes
        bytes.append(littleEndian: ZipFormat.attributes)
        bytes.append(littleEndian: UInt32(min(offset, ZipFormat.overflow32)))
        return bytes + name + extra
    }

    /// The part that both headers share: from the version needed to the length of the extra fields.
    private func common(crc32: UInt32, extra: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: version)
        bytes.append(littleEndian: name.allSatisfy { $0 < 0x80 } ? 0 : ZipFormat.utf8Flag)
        bytes.append(littleEndian: UInt16(0))  // stored
        let modified = DOSTime(seconds: modified, timeZone: timeZone)
        bytes.append(littleEndian: modified.time)
        bytes.append(littleEndian: modified.date)
        bytes.append(littleEndian: crc32)
        let shortSize = UInt32(min(size, ZipFormat.overflow32))
        bytes.append(littleEndian: shortSize)
        bytes.append(littleEndian: shortSize)
        bytes.append(littleEndian: UInt16(name.count))
        bytes.append(littleEndian: UInt16(extra.count))
        return bytes
    }

    /// Both headers must say the same, so an offset that needs zip64 raises the local header's version too.
    private var version: UInt16 {
        max(size, offset) >= ZipFormat.overflow32 ? ZipFormat.zip64Version : ZipFormat.plainVersion
    }

    private var localExtra: [UInt8] { Self.sizesExtra(size) + Self.timeExtra(modified) + padding }

    private var recordExtra: [UInt8] {
        let sizes = size >= ZipFormat.overflow32 ? [size, size] : []
        return Self.zip64Extra(sizes + (offset >= ZipFormat.overflow32 ? [offset] : [])) + Self.timeExtra(modified)
    }

    private static func sizesExtra(_ size: UInt64) -> [UInt8] {
        size >= ZipFormat.overflow32 ? zip64Extra([size, size]) : []
    }

    private static func zip64Extra(_ numbers: [UInt64]) -> [UInt8] {
        guard !numbers.isEmpty else { return [] }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.zip64Field)
        bytes.append(littleEndian: UInt16(numbers.count * 8))
        for number in numbers { bytes.append(littleEndian: number) }
        return bytes
    }

    /// 0x5455, the same bytes in both headers; none when the time does not fit its 32 bits.
    private static func timeExtra(_ seconds: Int64) -> [UInt8] {
        guard let seconds = Int32(exactly: seconds) else { return [] }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.timeField)
        bytes.append(littleEndian: UInt16(5))
        bytes.append(1)  // only the time of the last change
        bytes.append(littleEndian: UInt32(bitPattern: seconds))
        return bytes
    }

    /// The field needs at least 6 bytes: its own head and the alignment.
    private static func padding(from offset: UInt64, to alignment: UInt16) -> [UInt8] {
        let step = UInt64(alignment)
        guard step > 1, offset % step != 0 else { return [] }
        var count = step - offset % step
        while count < 6 { count += step }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.paddingField)
        bytes.append(littleEndian: UInt16(count - 4))
        bytes.append(littleEndian: alignment)
        return bytes + [UInt8](repeating: 0, count: Int(count) - 6)
    }
}
