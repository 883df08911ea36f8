import Words

/// Successive frames of a video in little memory, of which each may be taken.
struct PackedFrames {
    /// Of the oldest frame.
    private(set) var first: Int
    private var frames: ArraySlice<[UInt8]> = []
    private var size = 0
    private let unpacker: PictureUnpacker

    /// Takes frames `first ... last` from a reader that stands at the first.
    ///
    /// - Parameter mostBytes: from here on the oldest frames go; two stay in any case.
    init(from reader: VideoReader, through last: Int, mostBytes: Int) throws(Problem) {
        first = reader.position
        unpacker = try PictureUnpacker()
        let packer = try PicturePacker(width: reader.width, height: reader.height)
        var before: YUVPicture?
        while reader.position <= last, let picture = try reader.next() {
            // a repeated picture shares its bytes; they are counted all the same
            let isRepeated = picture === before
            try append(isRepeated ? frames.last ?? [] : packer.packed(picture), mostBytes)
            before = picture
        }
    }

    private mutating func append(_ bytes: [UInt8], _ mostBytes: Int) {
        frames.append(bytes)
        size += bytes.count
        while size > mostBytes, frames.count > 2, let dropped = frames.popFirst() {
            size -= dropped.count
            first += 1
        }
    }

    /// Mean size of a frame in bytes.
    var frameBytes: Int { max(1, size / max(1, frames.count)) }

    /// Nil for a frame that isn't here.
    func picture(_ index: Int) throws(Problem) -> YUVPicture? {
        guard first..<first + frames.count ~= index else { return nil }
        return try unpacker.picture(frames[frames.startIndex + index - first])
    }
}
