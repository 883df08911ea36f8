/// How much work and how many bytes the encoder spends on a movie.
package enum MovieQuality: String, Hashable, Sendable, CaseIterable {
    /// To look something over: two thirds of the encoder's work, half the bytes.
    case draft
    case normal
    /// For large screens, and for what is encoded once more elsewhere: twice the work, twice the bytes.
    case high

    /// Of libx264. Keyframes stay at its default of 250 frames. Measured with a 720p still: its share in the work and the
    /// bytes as above, luma PSNR 45, 50 and 53 dB.
    ///
    /// - Parameters:
    ///   - pixels: of a picture.
    ///   - isFilmed: the pictures move all over, so that looking ahead gains nothing.
    func options(pixels: Int, isFilmed: Bool) -> KeyValuePairs<String, String> {
        let frugal = "force-cfr=1" + Self.memory(pixels: pixels, isFilmed: isFilmed)
        switch self {
        case .draft:
            let lighter = ":me=dia:subme=1:partitions=none"
            return ["preset": "veryfast", "tune": "animation", "crf": "26", "x264-params": frugal + lighter]
        case .normal: return ["preset": "veryfast", "tune": "animation", "crf": "20", "x264-params": frugal]
        case .high: return ["preset": "fast", "tune": "animation", "crf": "16", "x264-params": frugal]
        }
    }

    /// What keeps a worker below 250 MB, by how little speed it costs.
    private static func memory(pixels: Int, isFilmed: Bool) -> String {
        // of a video at 1080p 40 MB less than looking ahead at ten frames, and on a moving head 18 % fewer bytes at 0.4 dB less
        let ahead = isFilmed ? ":rc-lookahead=5" : ""
        guard pixels > 1280 * 720 else { return ahead }
        // two halves of a frame at a time wait for each other; a video avatar's own frames leave no room for three frames
        if isFilmed { return ahead + ":sliced-threads=1:threads=2:sync-lookahead=0" }
        return ":rc-lookahead=8:sync-lookahead=2"
    }

    /// Of libx264, whatever the machine: other numbers of threads give other bytes. Three frames at a time keep two cores
    /// at work beside the painter.
    static let threads: Int32 = 3
}
