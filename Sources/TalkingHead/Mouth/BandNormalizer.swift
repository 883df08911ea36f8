import Glibc

/// Makes band levels independent of the recording's gain and colour, by the 18 s around every 2 s.
///
/// Each block of 100 frames is taken relative to the loud part around it (95th percentile of the frames' levels), and
/// loses the mean spectrum of what is loud there (cepstral mean normalization). Training does the same.
package struct BandNormalizer {
    /// Frames of a block: 2 s.
    static let block = 100
    /// Blocks that count on each side of one.
    static let reach = 4
    /// Below this a sound is silence, however much it would have to be raised (recordings' noise lies at about -70 dB).
    static let quietest: Float = -65
    /// Levels count from this far below to that far above the reference, dB.
    private static let range: ClosedRange<Float> = -55...15
    /// Frames down to this far below the reference tell the mean spectrum, dB.
    private static let loudPart: Float = 30
    /// One unit of what comes out, dB.
    private static let unit: Float = 20

    /// Levels in dB, frame after frame, from the first block on that still counts for one to come.
    private var levels: [Float] = []
    /// Of each of these frames the dB of its mean band power.
    private var loudness: [Float] = []
    /// Frames before `levels` that are gone, and frames that have been given out.
    private var (dropped, given) = (0, 0)

    package init() {}

    /// Takes the levels of further frames in dB; gives the frames that are settled by them.
    package mutating func add(_ decibels: [Float]) -> [Float] {
        levels.append(contentsOf: decibels)
        for start in stride(from: 0, to: decibels.count, by: MelBands.count) {
            var power: Float = 0
            for level in decibels[start..<start + MelBands.count] { power += powf(10, level / 10) }
            loudness.append(10 * log10f(power / Float(MelBands.count) + 1e-10))
        }
        return settled(keeping: Self.reach)
    }

    /// Gives the frames that are left.
    package mutating func finish() -> [Float] {
        settled(keeping: 0)
    }

    private mutating func settled(keeping ahead: Int) -> [Float] {
        var result: [Float] = []
        while given < dropped + loudness.count {
            let end = given + Self.block
            guard ahead == 0 || dropped + loudness.count >= end + ahead * Self.block else { break }
            append(given..<min(end, dropped + loudness.count), to: &result)
            given = end
            forget()
        }
        return result
    }

    /// Appends the frames of one block, normalized.
    private func append(_ frames: Range<Int>, to result: inout [Float]) {
        let first = max(0, frames.lowerBound - Self.reach * Self.block) - dropped
        let end = min(frames.lowerBound + (Self.reach + 1) * Self.block - dropped, loudness.count)
        let reference = max(Array(loudness[first..<end]).percentile(0.95), Self.quietest)
        let colour = self.colour(of: first..<end, reference: reference)
        for frame in frames {
            let start = (frame - dropped) * MelBands.count
            for band in 0..<MelBands.count {
                result.append((relative(levels[start + band], reference) - colour[band]) / Self.unit)
            }
        }
    }

    /// Per band its mean over the loud frames, less the mean over all bands.
    private func colour(of frames: Range<Int>, reference: Float) -> [Float] {
        var sums = [Float](repeating: 0, count: MelBands.count)
        var count: Float = 0
        for frame in frames where loudness[frame] > reference - Self.loudPart {
            let start = frame * MelBands.count
            for band in 0..<MelBands.count { sums[band] += relative(levels[start + band], reference) }
            count += 1
        }
        guard count > 0 else { return sums }
        let mean = sums.reduce(0, +) / Float(MelBands.count)
        return sums.map { ($0 - mean) / count }
    }

    private func relative(_ level: Float, _ reference: Float) -> Float {
        min(max(level - reference, Self.range.lowerBound), Self.range.upperBound)
    }

    /// Drops the blocks that count for no block to come.
    private mutating func forget() {
        let frames = given - Self.reach * Self.block - dropped
        guard frames > 0 else { return }
        levels.removeFirst(frames * MelBands.count)
        loudness.removeFirst(frames)
        dropped += frames
    }
}
