import Glibc

/// What is kept of a sound to tell the mouth's shapes from: 26 mel band levels for every 20 ms.
package struct SoundFeatures: Sendable {
    /// Band levels in dB, one frame after the other; frame i is centred at i x 0.02 s.
    package let decibels: [Float]
    /// The level of each frame: dB of the mean band power.
    package let level: [Float]
    /// The clip's own loudness: 95th percentile of `level`, but never less than what is next to silence.
    package let reference: Float

    /// Below this a clip is silence, however much it would have to be raised (recordings' noise lies at about -70 dB).
    package static let quietest: Float = -65

    package var frameCount: Int { level.count }

    package init(decibels: [Float]) {
        self.decibels = decibels
        level = stride(from: 0, to: decibels.count, by: MelBands.count).map { start in
            let power = decibels[start..<start + MelBands.count].reduce(Float(0)) { $0 + decibelPower($1) }
            return 10 * log10f(power / Float(MelBands.count) + 1e-10)
        }
        reference = max(level.percentile(0.95), Self.quietest)
    }

    /// Per frame the energy between two frequencies in dB.
    package func energy(from low: Float, to high: Float) -> [Float] {
        let bands = Self.bands(from: low, to: high)
        return (0..<frameCount).map { frame in
            let sum = bands.reduce(Float(0)) { $0 + energy(frame, $1) }
            return 10 * log10f(sum + 1e-7)
        }
    }

    /// Per frame the centre of gravity between two frequencies in mel, weighted by amplitude.
    package func centroid(from low: Float, to high: Float) -> [Float] {
        let bands = Self.bands(from: low, to: high)
        return (0..<frameCount).map { frame in
            var (sum, weights): (Float, Float) = (0, 1e-9)
            for band in bands {
                let amplitude = energy(frame, band).squareRoot()
                sum += amplitude * MelBands.mel(MelBands.centres[band])
                weights += amplitude
            }
            return sum / weights
        }
    }

    private func energy(_ frame: Int, _ band: Int) -> Float {
        decibelPower(decibels[frame * MelBands.count + band]) * MelBands.widths[band]
    }

    private static func bands(from low: Float, to high: Float) -> [Int] {
        MelBands.centres.indices.filter { MelBands.centres[$0] >= low && MelBands.centres[$0] < high }
    }
}

/// The power of a level in dB.
private func decibelPower(_ decibels: Float) -> Float {
    powf(10, decibels / 10)
}
