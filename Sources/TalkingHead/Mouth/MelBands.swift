import Glibc

/// 26 triangular bands from 80 to 7600 Hz, evenly spaced in mel; each is the weighted mean of its bins.
package struct MelBands {
    package static let count = 26
    package static let lowest: Float = 80
    package static let highest: Float = 7600

    /// The middle of each band in Hz.
    package static let centres: [Float] = edges[1...count].map { $0 }

    private static let edges: [Float] = (0..<count + 2).map { index in
        hertz(mel(lowest) + (mel(highest) - mel(lowest)) * Float(index) / Float(count + 1))
    }

    /// Per band the first bin and the weights from there on.
    private let triangles: [(first: Int, weights: [Float])]

    package init(sampleRate: Float) {
        triangles = (0..<Self.count).map { band in
            let (low, middle, high) = (Self.edges[band], Self.edges[band + 1], Self.edges[band + 2])
            let weights = (0..<PowerSpectrum.binCount).map { bin in
                let frequency = Float(bin) * sampleRate / Float(PowerSpectrum.size)
                return max(0, min((frequency - low) / (middle - low), (high - frequency) / (high - middle)))
            }
            let sum = weights.reduce(0, +)
            let first = weights.firstIndex { $0 > 0 } ?? 0
            let last = weights.lastIndex { $0 > 0 } ?? first
            return (first, weights[first...last].map { $0 / sum })
        }
    }

    /// Appends the level of each band in dB.
    package func appendDecibels(of power: [Float], to levels: inout [Float]) {
        for (first, weights) in triangles {
            var sum: Float = 1e-10
            for index in weights.indices {
                sum += weights[index] * power[first + index]
            }
            levels.append(10 * log10f(sum))
        }
    }

    package static func mel(_ hertz: Float) -> Float { 2595 * log10f(1 + hertz / 700) }
    package static func hertz(_ mel: Float) -> Float { 700 * (powf(10, mel / 2595) - 1) }
}
