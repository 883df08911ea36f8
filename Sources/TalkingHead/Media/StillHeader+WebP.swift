import Words

extension StillHeader {
    /// Walks the chunks: four letters, length, content, one byte more when the length is odd.
    ///
    /// FFmpeg refuses animations, so the first picture of one is taken out and given to it as a file of its own.
    init?(webp bytes: [UInt8], name: String) throws(Problem) {
        guard bytes.count >= 30 else { throw .cut(name) }
        let end = 8 + bytes[4..<8].littleEndian
        let chunks = Self.chunks(bytes[12..<min(end, bytes.count)])
        guard let first = chunks.first else { return nil }
        self.init(
            decoder: "webp", size: PictureSize(width: 0, height: 0), pieces: [], isWhole: bytes.count >= end)
        guard first.kind == "VP8X" else {
            guard let stored = Self.size(ofWebP: first) else { return nil }
            size = stored
            pieces = Self.file(of: [first], size: stored)
            return
        }
        guard first.content.count >= 10 else { return nil }
        size = Self.size(first.content.dropFirst(4))
        if let exif = chunks.first(where: { $0.kind == "EXIF" })?.content {
            // some programs put the JPEG's prefix before it
            orientation = Orientation(exif: exif.starts(with: Array("Exif\0\0".utf8)) ? exif.dropFirst(6) : exif)
        }
        let frames = chunks.filter { $0.kind == "ANMF" }
        isAnimated = frames.count > 1
        guard let frame = frames.first?.content else {
            pieces = Self.file(of: chunks, size: size)
            return
        }
        guard frame.count > 16 else { throw .cut(name) }
        let place = frame.prefix(6)
        corner = (place.prefix(3).littleEndian * 2, place.suffix(3).littleEndian * 2)
        let shown = Self.size(frame.dropFirst(6))
        guard corner.x + shown.width <= size.width, corner.y + shown.height <= size.height else { return nil }
        pieces = Self.file(of: Self.chunks(frame.dropFirst(16)), size: shown)
    }

    private struct Chunk {
        var kind: String
        var content: ArraySlice<UInt8>
        /// With its letters, its length and its padding.
        var whole: ArraySlice<UInt8>
    }

    private static func chunks(_ bytes: ArraySlice<UInt8>) -> [Chunk] {
        var result: [Chunk] = []
        var rest = bytes
        while rest.count >= 8 {
            let length = rest.dropFirst(4).prefix(4).littleEndian
            let chunk = rest.prefix(8 + length + length % 2)
            let kind = String(decoding: rest.prefix(4), as: UTF8.self)
            result.append(Chunk(kind: kind, content: chunk.dropFirst(8).prefix(length), whole: chunk))
            rest = rest.dropFirst(chunk.count)
        }
        return result
    }

    /// The pieces of a file that holds one picture, with what lies in `chunks` for it.
    private static func file(of chunks: [Chunk], size: PictureSize) -> [ArraySlice<UInt8>] {
        let kept = chunks.filter { ["VP8 ", "VP8L", "ALPH"].contains($0.kind) }.map(\.whole)
        let hasAlpha = chunks.contains { $0.kind == "ALPH" }
        let extended: [UInt8] =
            Array("VP8X".utf8) + little(10, bytes: 4) + [hasAlpha ? 0x10 : 0, 0, 0, 0]
            + little(size.width - 1, bytes: 3) + little(size.height - 1, bytes: 3)
        let content = (hasAlpha ? [extended[...]] : []) + kept
        let length = 4 + content.reduce(0) { $0 + $1.count }
        let head: [UInt8] = Array("RIFF".utf8) + little(length, bytes: 4) + Array("WEBP".utf8)
        return [head[...]] + content
    }

    /// Of a picture without the extended header; nil when it is neither kind, or broken.
    private static func size(ofWebP chunk: Chunk) -> PictureSize? {
        let content = chunk.content
        switch chunk.kind {
        case "VP8L":
            guard content.count >= 5, content.first == 0x2f else { return nil }
            let bits = content.dropFirst().prefix(4).littleEndian
            return PictureSize(width: bits & 0x3fff + 1, height: bits >> 14 & 0x3fff + 1)
        case "VP8 ":
            guard content.count >= 10, content.dropFirst(3).starts(with: [0x9d, 0x01, 0x2a]) else { return nil }
            let sides = content.dropFirst(6)
            return PictureSize(
                width: sides.prefix(2).littleEndian & 0x3fff,
                height: sides.dropFirst(2).prefix(2).littleEndian & 0x3fff)
        default: return nil
        }
    }

    /// Two sides less one, of three bytes each.
    private static func size(_ bytes: ArraySlice<UInt8>) -> PictureSize {
        PictureSize(width: bytes.prefix(3).littleEndian + 1, height: bytes.dropFirst(3).prefix(3).littleEndian + 1)
    }

    private static func little(_ number: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
