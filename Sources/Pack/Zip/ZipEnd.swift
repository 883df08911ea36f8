/// What follows the directory: the end record, with zip64's two before it where a number needs them.
struct ZipEnd: Sendable {
    let count, directoryOffset, directorySize: UInt64

    var bytes: [UInt8] {
        let count16 = UInt16(min(count, ZipFormat.overflow16))
        var bytes = needsZip64 ? zip64 : []
        bytes.append(littleEndian: ZipFormat.endSignature)
        bytes.append(littleEndian: UInt32(0))  // this disk and the directory's
        bytes.append(littleEndian: count16)
        bytes.append(littleEndian: count16)
        bytes.append(littleEndian: UInt32(min(directorySize, ZipFormat.overflow32)))
        bytes.append(littleEndian: UInt32(min(directoryOffset, ZipFormat.overflow32)))
        bytes.append(littleEndian: UInt16(0))  // no comment
        return bytes
    }

    /// Up to its own end.
    var archiveSize: UInt64 { directoryOffset + directorySize + UInt64(bytes.count) }

    private var needsZip64: Bool {
        count >= ZipFormat.overflow16 || max(directorySize, directoryOffset) >= ZipFormat.overflow32
    }

    private var zip64: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ZipFormat.zip64EndSignature)
        bytes.append(littleEndian: ZipFormat.zip64EndRest)
        bytes.append(littleEndian: ZipFormat.host | ZipFormat.zip64Version)
        bytes.append(littleEndian: ZipFormat.zip64Version)
        bytes.append(littleEndian: UInt64(0))  // this disk and the directory's
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: directorySize)
        bytes.append(littleEndian: directoryOffset)
        bytes.append(littleEndian: ZipFormat.zip64LocatorSignature)
        bytes.append(littleEndian: UInt32(0))  // the disk of the record above
        bytes.append(littleEndian: directoryOffset + directorySize)
        bytes.append(littleEndian: UInt32(1))  // disks
        return bytes
    }
}
