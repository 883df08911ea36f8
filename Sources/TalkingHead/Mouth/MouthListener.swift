/// Listens to a sound as it is decoded and tells what a mouth does that says it.
///
/// 16 kHz mono goes in, in pieces of any length. What is kept is 18 s of band levels, however long the sound, and
/// 16 bytes for every 20 ms of it. The net looks as far ahead as back: no delay.
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
    private var frameCount = 0
    private var decibels: [Float] = []
    private var normalizer = BandNormalizer()
    private var net = MouthNet()

    package init() {
        power = Array(repeating: 0, count: PowerSpectrum.binCount)
        // frame 0 is centred at the first sample
        pending = Array(repeating: 0, count: PowerSpectrum.size / 2)
    }

    /// Takes the next samples, 16 kHz mono, -1...1.
    package mutating func add(_ samples: UnsafeBufferPointer<Float>) {
        sampleCount += samples.count
        // in slices, so that a long buffer need not be held a second time
        for start in stride(from: 0, to: samples.count, by: Self.sampleRate) {
            pending.append(contentsOf: samples[start..<min(start + Self.sampleRate, samples.count)])
            takeFrames(atMost: .max)
        }
    }

    /// The track of everything that was added: one shape for each 20 ms that have begun to count, to the nearest.
    package consuming func finish() -> MouthTrack {
        let missing = (sampleCount + Self.hop / 2) / Self.hop - frameCount
        if missing > 0 {
            pending.append(contentsOf: repeatElement(0, count: missing * Self.hop + PowerSpectrum.size))
            takeFrames(atMost: missing)
        }
        net.add(normalizer.finish())
        return MouthTrack(shapes: net.finish())
    }

    private mutating func takeFrames(atMost limit: Int) {
        var (start, taken) = (0, 0)
        decibels.removeAll(keepingCapacity: true)
        while taken < limit, start + PowerSpectrum.size <= pending.count {
            spectrum.power(of: pending, at: start, into: &power)
            bands.appendDecibels(of: power, to: &decibels)
            start += Self.hop
            taken += 1
        }
        pending.removeFirst(start)
        frameCount += taken
        net.add(normalizer.add(decibels))
    }
}
