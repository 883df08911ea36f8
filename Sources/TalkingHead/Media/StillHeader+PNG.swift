import Words

extension StillHeader {
    private static let signature = 8
    /// The chunks without which the picture would look different.
    private static let needed = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]

    /// Walks the chunks: length, four letters, content, checksum.
    init?(png bytes: [UInt8], name: String) throws(Problem) {
        guard bytes.count >= 33 else { throw .cut(name) }
        let header = bytes[16..<29]
        guard bytes[12..<16].elementsEqual(Array("IHDR".utf8)), [1, 2, 4, 8, 16].contains(header[24]),
            [0, 2, 3, 4, 6].contains(header[25])
        else { return nil }
        self.init(
            decoder: "png",
            size: PictureSize(width: header[16..<20].bigEndian, height: header[20..<24].bigEndian),
            pieces: [bytes[..<Self.signature]], isWhole: false)
        var offset = Self.signature
        while !isWhole, offset + 12 <= bytes.count {
            let end = offset + 12 + bytes[offset..<(offset + 4)].bigEndian
            let kind = String(decoding: bytes[(offset + 4)..<(offset + 8)], as: UTF8.self)
            guard end <= bytes.count else { break }
            let content = bytes[(offset + 8)..<(end - 4)]
            if Self.needed.contains(kind) { pieces.append(bytes[offset..<end]) }
            if kind == "eXIf" { orientation = Orientation(exif: content) }
            if kind == "acTL" { isAnimated = content.prefix(4).bigEndian > 1 }
            isWhole = kind == "IEND"
            offset = end
        }
    }
}
