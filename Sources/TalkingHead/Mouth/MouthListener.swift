/// Listens to a sound as it is decoded and tells what a mouth does that says it.
///
/// 16 kHz mono goes in, in pieces of any length; 26 floats are kept for every 20 ms. Shapes need the whole clip
/// (its loudness, its speaker's vowels), so they come out at the end, and look as far ahead as back: no delay.
package struct MouthListener {
    package static let sampleRate = 16_000

    /// 20 ms: 50 frames a second.
    private static let hop = sampleRate / Int(MouthTrack.rate)

    private var spectrum = PowerSpectrum()
    private let bands = MelBands(sampleRate: Float(sampleRate))
    private var power: [Float]
    /// Samples from the next frame's window on.
    private var pending: [Float]
    private var sampleCount = 0
    private var decibels: [Float] = []

    package init() {
        power = Array(repeating: 0, count: PowerSpectrum.binCount)
        // frame 0 is centred at the first sample
        pending = Array(repeating: 0, count: PowerSpectrum.size / 2)
    }

    /// Takes the next samples, 16 kHz mono, -1...1.
    package mutating func add(_ samples: UnsafeBufferPointer<Float>) {
        pending.append(contentsOf: samples)
        sampleCount += samples.count
        takeFrames(atMost: .max)
    }

    /// The track of everything that was added: one shape for each 20 ms that have begun to count, to the nearest.
    package consuming func finish() -> MouthTrack {
        MouthTrack(shapes: SpectralMouth(features: features()).shapes())
    }

    /// The features of everything that was added.
    package mutating func features() -> SoundFeatures {
        let frameCount = (sampleCount + Self.hop / 2) / Self.hop
        let missing = frameCount - decibels.count / MelBands.count
        if missing > 0 {
            pending.append(contentsOf: repeatElement(0, count: missing * Self.hop + PowerSpectrum.size))
            takeFrames(atMost: missing)
        }
        return SoundFeatures(decibels: decibels)
    }

    private mutating func takeFrames(atMost limit: Int) {
        var (start, taken) = (0, 0)
        while taken < limit, start + PowerSpectrum.size <= pending.count {
            spectrum.power(of: pending, at: start, into: &power)
            bands.appendDecibels(of: power, to: &decibels)
            start += Self.hop
            taken += 1
        }
        pending.removeFirst(start)
    }
}
