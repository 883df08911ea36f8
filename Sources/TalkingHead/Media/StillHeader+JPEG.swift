import Words

extension StillHeader {
    /// Walks the segments up to the first scan; thumbnails, profiles and comments are left out, Adobe's note on the
    /// colours stays.
    init?(jpeg bytes: [UInt8], name: String) throws(Problem) {
        self.init(decoder: "mjpeg", size: PictureSize(width: 0, height: 0), pieces: [bytes[..<2]], isWhole: false)
        var offset = 2
        var (inks, hasAdobe) = (0, false)
        while let (marker, content, end) = Self.segment(bytes, at: offset) {
            offset = end
            let segment = bytes[(content.startIndex - 4)..<end]
            switch marker {
            case 0xda:
                guard size.width > 0 else { return nil }
                pieces.append(bytes[segment.startIndex...])
                isWhole = Self.hasEnd(bytes, after: end)
                isPlainInk = inks == 4 && !hasAdobe
                return
            case 0xc0...0xc3, 0xc5...0xc7, 0xc9...0xcb, 0xcd...0xcf:
                guard content.count >= 6 else { return nil }
                let start = content.startIndex
                size.height = content[(start + 1)..<(start + 3)].bigEndian
                size.width = content[(start + 3)..<(start + 5)].bigEndian
                inks = Int(content[start + 5])
                pieces.append(segment)
            case 0xe1 where content.starts(with: Array("Exif\0\0".utf8)):
                orientation = Orientation(exif: content.dropFirst(6))
            case 0xee where content.starts(with: Array("Adobe".utf8)):
                hasAdobe = true
                pieces.append(segment)
            case 0xe0...0xef, 0xfe: break
            default: pieces.append(segment)
            }
        }
        throw .cut(name)
    }

    /// The next segment that has a content; bytes between segments are stepped over, as decoders do.
    private static func segment(
        _ bytes: [UInt8], at start: Int
    ) -> (marker: UInt8, content: ArraySlice<UInt8>, end: Int)? {
        var offset = start
        while offset + 4 <= bytes.count {
            let marker = bytes[offset + 1]
            let hasContent = bytes[offset] == 0xff && marker > 0x01 && marker != 0xff && !(0xd0...0xd9).contains(marker)
            guard hasContent else {
                offset += 1
                continue
            }
            let end = offset + 2 + bytes[(offset + 2)..<(offset + 4)].bigEndian
            guard end >= offset + 4, end <= bytes.count else { return nil }
            return (marker, bytes[(offset + 4)..<end], end)
        }
        return nil
    }

    /// Looks for the mark of the end from the end, where it nearly always is at once.
    private static func hasEnd(_ bytes: [UInt8], after start: Int) -> Bool {
        var offset = bytes.count - 2
        while offset >= start {
            if bytes[offset] == 0xff, bytes[offset + 1] == 0xd9 { return true }
            offset -= 1
        }
        return false
    }
}
