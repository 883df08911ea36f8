import Glibc
package import SystemPackage

/// Reads the records that inotify writes one after the other: watch (Int32), mask, cookie, length (UInt32 each), then
/// a name padded with zeros to that length.
package enum EventParser {
    private static let headerSize = MemoryLayout<inotify_event>.size

    /// Calls `body` for each whole record; the overflow record has watch -1 and no name.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (_ watch: Int32, _ mask: EventMask, _ name: FilePath.Component?) -> Void
    ) {
        var offset = 0
        while offset + headerSize <= bytes.count {
            let watch = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
            let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            let start = offset + headerSize
            guard start + length <= bytes.count else { return }
            body(watch, EventMask(rawValue: mask), name(in: bytes[start..<(start + length)]))
            offset = start + length
        }
    }

    private static func name(in field: Slice<UnsafeRawBufferPointer>) -> FilePath.Component? {
        // the padding holds at least one zero, which makes the field a C string
        guard field.contains(0), let start = UnsafeRawBufferPointer(rebasing: field).baseAddress else { return nil }
        return FilePath.Component(platformString: start.assumingMemoryBound(to: CChar.self))
    }
}
