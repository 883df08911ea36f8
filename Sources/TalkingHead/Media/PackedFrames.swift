import Words

/// Successive frames of a video in little memory, of which each may be taken.
struct PackedFrames {
    /// Which frames are here; from `mostBytes` on the oldest go, but two stay in any case.
    private(set) var frames: Range<Int>

    private var packed: ArraySlice<[UInt8]> = []
    private var size = 0
    private let mostBytes: Int
    /// Nil once sealed.
    private var packer: PicturePacker?
    private let unpacker: PictureUnpacker
    private var last: YUVPicture?

    /// - Parameter first: which frame the first one to be appended is.
    init(first: Int, mostBytes: Int) throws(Problem) {
        frames = first..<first
        self.mostBytes = mostBytes
        unpacker = try PictureUnpacker()
    }

    /// Takes the next frame.
    mutating func append(_ picture: YUVPicture) throws(Problem) {
        if packer == nil { packer = try PicturePacker(width: picture.width, height: picture.height) }
        // a repeated picture shares its bytes; they are counted all the same
        let isRepeated = picture === last
        guard let bytes = try isRepeated ? packed.last : packer?.packed(picture) else { return }
        last = picture
        packed.append(bytes)
        size += bytes.count
        var first = frames.lowerBound
        while size > mostBytes, packed.count > 2, let oldest = packed.first {
            size -= oldest.count
            // a slice alone would keep the bytes
            packed[packed.startIndex] = []
            packed.removeFirst()
            first += 1
        }
        frames = first..<frames.upperBound + 1
    }

    /// Gives back the memory that appending takes; who appends again gets it again.
    mutating func seal() { (packer, last) = (nil, nil) }

    /// Mean size of a frame in bytes.
    var frameBytes: Int { max(1, size / max(1, packed.count)) }

    /// Nil for a frame that isn't here.
    func picture(_ index: Int) throws(Problem) -> YUVPicture? {
        guard frames.contains(index) else { return nil }
        return try unpacker.picture(packed[packed.startIndex + index - frames.lowerBound])
    }
}
