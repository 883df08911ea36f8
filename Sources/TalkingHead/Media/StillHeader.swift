import Words

/// What can be seen of a still without decoding it: its size, before memory is spent on it, its end, and the parts that
/// its decoder needs. All else (profiles, texts, thumbnails, the rest of an animation) is not shown to FFmpeg.
struct StillHeader {
    /// FFmpeg's name of the decoder.
    var decoder: String
    /// As stored; of an animation, its canvas.
    var size: PictureSize
    /// What is given to the decoder, one after the other.
    var pieces: [ArraySlice<UInt8>]
    /// Nothing is missing at the end of the file.
    var isWhole: Bool
    var orientation = Orientation.upright
    /// There is more than one picture in it; `pieces` is the first.
    var isAnimated = false
    /// Where the picture's left upper corner lies on the canvas.
    var corner = (x: 0, y: 0)
    /// Four inks that no marker explains: 255 is full ink.
    var isPlainInk = false

    /// - Throws: `undecodable` when it is none of ours; `cut` when it ends before its size.
    init(_ bytes: [UInt8], name: String) throws(Problem) {
        let header: StillHeader?
        switch MediaContent(Array(bytes.prefix(MediaContent.length))) {
        case .known("png"): header = try StillHeader(png: bytes, name: name)
        case .known("jpg"): header = try StillHeader(jpeg: bytes, name: name)
        case .known("webp"): header = try StillHeader(webp: bytes, name: name)
        case .known("bmp"): header = try StillHeader(bitmap: bytes, name: name)
        default: header = nil
        }
        guard let header, header.size.width > 0, header.size.height > 0 else {
            throw .undecodable(name, wanted: .still)
        }
        self = header
    }

    init(decoder: String, size: PictureSize, pieces: [ArraySlice<UInt8>], isWhole: Bool) {
        self.decoder = decoder
        self.size = size
        self.pieces = pieces
        self.isWhole = isWhole
    }
}

/// Numbers in files; the bytes have to be there.
extension Sequence<UInt8> {
    var bigEndian: Int { reduce(0) { $0 << 8 | Int($1) } }
}

extension BidirectionalCollection<UInt8> {
    var littleEndian: Int { reversed().bigEndian }
}
