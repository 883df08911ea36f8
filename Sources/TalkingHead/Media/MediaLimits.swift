/// How large inputs may be, and how they are made to fit. What is over is told to the user as too long, too large or
/// too small.
package struct MediaLimits: Hashable, Sendable {
    /// Of one frame of a video: 8K passes.
    package var pixels = 50_000_000
    /// Of a still: 108-megapixel phones pass. Decoded in 16-bit RGBA that is 1 GB, half of what the worker may use.
    package var stillPixels = 120_000_000
    /// For stills, which are read whole.
    package var stillBytes = 256 << 20
    /// Pictures below this width or height, as shown or when reduced, can't hold a face that could be used: the finder
    /// looks no deeper, and the eyes of a face that fills 48 pixels are only 16 apart.
    package var leastSide = 48
    package var soundSeconds = 3600.0
    /// Of a video avatar, which goes forth and back then: ten minutes of 30 a second.
    package var avatarFrames = 18_000
    /// Kept pictures of a video avatar, and twenty of those that decoder and encoder hold: these need more memory the
    /// larger they are, and less is left for the others.
    package var frameBytes = 80 << 20
    /// Output pictures are reduced to fit, never enlarged.
    package var width: Int
    package var height: Int
    /// What shows through transparent pictures.
    package var background = BackgroundColour.lightGray
    package var framesPerSecond = 60.0

    /// How much of a video avatar is kept: 22 MB at 1080p, 56 at 720p.
    func frameBytes(width: Int, height: Int) -> Int {
        max(frameBytes - 20 * width * height * 3 / 2, frameBytes / 8)
    }

    /// - Parameter height: of output pictures at most; the width that goes with it is a screen's: 1920 for 1080.
    package init(height: Int = 1080) {
        (width, self.height) = (height * 16 / 9, height)
    }
}
