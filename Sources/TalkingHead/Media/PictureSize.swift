import CFFmpeg

/// Width and height in pixels.
struct PictureSize: Hashable, Sendable {
    var width: Int
    var height: Int

    /// Has more pixels than this; sizes from a file's header may be too large to be multiplied.
    func exceeds(_ pixels: Int) -> Bool {
        height > 0 && width > pixels / height
    }

    /// The largest even size of the same shape within the limits; never enlarged but for the odd row or column.
    func fitted(_ limits: MediaLimits) -> PictureSize {
        let scale = min(1, Double(limits.width) / Double(width), Double(limits.height) / Double(height))
        return PictureSize(width: Self.even(Double(width) * scale), height: Self.even(Double(height) * scale))
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

    private static func even(_ length: Double) -> Int {
        max(2, Int((length / 2).rounded()) * 2)
    }
}
