/// How much work and how many bytes the encoder spends on a movie.
package enum MovieQuality: String, Hashable, Sendable, CaseIterable {
    /// To look something over: three quarters of the encoder's work, half the bytes.
    case draft
    case normal
    /// For large screens, and for what is encoded once more elsewhere: three times the work, twice the bytes.
    case high

    /// Of libx264. Keyframes stay at its default of 250 frames. Measured with a 720p still: its share in the work and the
    /// bytes as above, luma PSNR 45, 50 and 53 dB.
    ///
    /// - Parameters:
    ///   - pixels: of a picture.
    ///   - isFilmed: the pictures move all over, so that looking ahead gains nothing.
    func options(pixels: Int, isFilmed: Bool) -> KeyValuePairs<String, String> {
        let frugal = "force-cfr=1" + (isFilmed ? Self.filmed(pixels: pixels) : Self.still(pixels: pixels))
        let calm = frugal + Self.calm
        switch self {
        case .draft:
            let lighter = ":subme=1:partitions=none"
            return ["preset": "veryfast", "tune": "animation", "crf": "26", "x264-params": calm + lighter]
        case .normal: return ["preset": "veryfast", "tune": "animation", "crf": "20", "x264-params": calm]
        case .high: return ["preset": "fast", "tune": "animation", "crf": "16", "x264-params": frugal]
        }
    }

    /// Somebody sits and speaks: how many B-frames in a row are best, light that fades and far movement are not looked for.
    /// That takes a sixth of the encoder's work from a still and a third from a video that moves, and gives as few bytes
    /// at the same sharpness.
    private static let calm = ":b-adapt=0:weightp=0:me=dia"

    // With B-frames that others refer to, x264 looks ahead at movement that it never searched: what a picture before left
    // in the same memory. In a thread of its own it is another picture each time, so only one of the two is to be had.

    /// Looking ahead beside the encoding is worth more than the twentieth of the bytes that such B-frames save.
    private static func still(pixels: Int) -> String {
        // of larger pictures ten to look ahead at and six that wait for it take a worker above 250 MB
        ":b-pyramid=none" + (pixels > 1280 * 720 ? ":rc-lookahead=8:sync-lookahead=2" : "")
    }

    /// Such B-frames save a fifth of the bytes. Looking ahead at five pictures in place of ten takes 40 MB less at 1080p,
    /// and from a moving head 18 % of the bytes at 0.4 dB less.
    private static func filmed(pixels: Int) -> String {
        let ahead = ":rc-lookahead=5:sync-lookahead=0"
        // a large video's own frames leave no room for three at a time below 250 MB, only for two halves of one
        return pixels > 1280 * 720 ? ahead + ":sliced-threads=1:threads=2" : ahead
    }

    /// Of libx264, whatever the machine: other numbers of threads give other bytes. Three frames at a time keep two cores
    /// at work beside the painter.
    static let threads: Int32 = 3
}
