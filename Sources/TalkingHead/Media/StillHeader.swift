import Words

/// What can be seen of a PNG or JPEG without decoding it: its size, before memory is spent on it, and its end.
struct StillHeader {
    let bytes: [UInt8]
    /// FFmpeg's name of the decoder.
    let decoder: String
    /// As stored.
    let size: PictureSize
    /// The mark that ends the file is there.
    let isWhole: Bool

    /// - Throws: `undecodable` when it is neither; `cut` when it ends before its size.
    init(_ bytes: [UInt8], name: String) throws(Problem) {
        self.bytes = bytes
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
            guard bytes.count >= 24 else { throw .cut(name) }
            decoder = "png"
            size = PictureSize(width: Self.number(bytes[16..<20]), height: Self.number(bytes[20..<24]))
            isWhole = Self.contains(bytes, [0x49, 0x45, 0x4e, 0x44], after: 24)
        } else if bytes.starts(with: [0xff, 0xd8, 0xff]) {
            guard let frame = Self.jpegFrame(bytes) else { throw .cut(name) }
            decoder = "mjpeg"
            size = frame.size
            isWhole = Self.contains(bytes, [0xff, 0xd9], after: frame.end)
        } else {
            throw .undecodable(name, wanted: .still)
        }
        guard size.width > 0, size.height > 0 else { throw .undecodable(name, wanted: .still) }
    }

    /// Walks the segments to the start of frame; a thumbnail inside a segment is stepped over.
    private static func jpegFrame(_ bytes: [UInt8]) -> (size: PictureSize, end: Int)? {
        var offset = 2
        while offset + 9 < bytes.count {
            guard bytes[offset] == 0xff else {
                offset += 1
                continue
            }
            let marker = bytes[offset + 1]
            switch marker {
            case 0xff: offset += 1
            case 0x01, 0xd0...0xd8: offset += 2
            case 0xc0...0xc3, 0xc5...0xc7, 0xc9...0xcb, 0xcd...0xcf:
                let height = number(bytes[(offset + 5)..<(offset + 7)])
                let width = number(bytes[(offset + 7)..<(offset + 9)])
                return (PictureSize(width: width, height: height), offset + 9)
            default: offset += 2 + number(bytes[(offset + 2)..<(offset + 4)])
            }
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// From the end, where it nearly always is at once.
    private static func contains(_ bytes: [UInt8], _ mark: [UInt8], after start: Int) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var offset = bytes.count - mark.count
            while offset >= start {
                if bytes[offset] == mark[0], zip(bytes[offset...], mark).allSatisfy({ $0 == $1 }) { return true }
                offset -= 1
            }
            return false
        }
    }
}
