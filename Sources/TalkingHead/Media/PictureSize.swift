import CFFmpeg

/// Width and height in pixels.
struct PictureSize: Hashable, Sendable {
    var width: Int
    var height: Int

    /// Has more pixels than this; sizes from a file's header may be too large to be multiplied.
    func exceeds(_ pixels: Int) -> Bool {
        height > 0 && width > pixels / height
    }

    /// The largest even size of the same shape within the limits, never enlarged: what fits loses no more than its last
    /// column and row.
    func fitted(_ limits: MediaLimits) -> PictureSize {
        let scale = min(Double(limits.width) / Double(width), Double(limits.height) / Double(height))
        guard scale < 1 else { return PictureSize(width: max(2, width & ~1), height: max(2, height & ~1)) }
        let reduced = [(width, limits.width), (height, limits.height)].map { length, most in
            max(2, min(Int((Double(length) * scale / 2).rounded()) * 2, most & ~1))
        }
        return PictureSize(width: reduced[0], height: reduced[1])
    }

    /// All that has to go is the last column or row of an odd size.
    func isCropped(to size: PictureSize) -> Bool {
        size != self && (0...1).contains(width - size.width) && (0...1).contains(height - size.height)
    }

    /// FFmpeg's filter that takes away the last column or row of an odd size, followed by a comma; empty where more has
    /// to go, or nothing.
    func cropped(to size: PictureSize) -> String {
        isCropped(to: size) ? "crop=\(size.width):\(size.height):0:0:exact=1," : ""
    }

    /// As shown when its pixels are not square.
    func shown(_ aspect: AVRational) -> PictureSize {
        guard aspect.num > 0, aspect.den > 0, aspect.num != aspect.den else { return self }
        let wide = Double(width) * Double(aspect.num) / Double(aspect.den)
        return PictureSize(width: max(1, Int(wide.rounded())), height: height)
    }

    func turned(_ turn: Orientation) -> PictureSize {
        turn.swapsSides ? PictureSize(width: height, height: width) : self
    }
}
