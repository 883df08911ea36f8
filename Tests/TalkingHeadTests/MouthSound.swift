import Glibc
import TalkingHead

/// Sounds made by formula, 16 kHz, for tests of the mouth.
enum MouthSound {
    static let rate: Float = 16_000

    /// A vowel: a pulse train of 120 Hz through three resonances.
    static func vowel(_ formants: [Float], seconds: Float) -> [Float] {
        let count = Int(seconds * rate)
        let source = (0..<count).map { $0 % 133 == 0 ? Float(1) : 0 }
        let voiced = formants.reduce(source) { resonate($0, at: $1, width: 90) }
        let peak = voiced.map(abs).max() ?? 1
        return faded(voiced.map { 0.3 * $0 / peak })
    }

    static let ah: [Float] = [750, 1200, 2500]
    static let ee: [Float] = [280, 2300, 3000]
    static let oo: [Float] = [300, 700, 2300]

    static func silence(seconds: Float) -> [Float] { Array(repeating: 0, count: Int(seconds * rate)) }

    static func tone(_ hertz: Float, seconds: Float) -> [Float] {
        (0..<Int(seconds * rate)).map { 0.3 * sinf(2 * .pi * hertz * Float($0) / rate) }
    }

    /// White noise, the same each time.
    static func noise(seconds: Float, level: Float = 0.1) -> [Float] {
        var state: UInt32 = 1
        return (0..<Int(seconds * rate)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return level * (Float(state >> 8) / 8_388_608 - 1)
        }
    }

    /// Hiss as of "s": the upper half of noise.
    static func hiss(seconds: Float) -> [Float] {
        let white = noise(seconds: seconds, level: 0.08)
        return faded(zip(white, white.dropFirst() + [0]).map { $0 - $1 })
    }

    /// Syllables of a consonant made by `gap` and the vowels in turn.
    static func syllables(_ vowels: [[Float]], gap: [Float], times: Int) -> [Float] {
        (0..<times).flatMap { gap + vowel(vowels[$0 % vowels.count], seconds: 0.2) }
    }

    private static func resonate(_ input: [Float], at hertz: Float, width: Float) -> [Float] {
        let r = expf(-.pi * width / rate)
        let (a, b) = (2 * r * cosf(2 * .pi * hertz / rate), -r * r)
        var (last, beforeLast): (Float, Float) = (0, 0)
        return input.map { sample in
            let value = sample + a * last + b * beforeLast
            (beforeLast, last) = (last, value)
            return value
        }
    }

    private static func faded(_ samples: [Float]) -> [Float] {
        let ramp: Float = 160
        return samples.enumerated().map { index, sample in
            sample * min(1, Float(index) / ramp, Float(samples.count - index) / ramp)
        }
    }

    /// Three gliding tones under syllables, with a loud part and a faint one; training/mouth/export.py sums the same.
    static func formula(seconds: Int) -> [Float] {
        let glides: [(Double, Double, Double)] = [(220, 700, 0.7), (900, 2200, 0.9), (2500, 3800, 1.3)]
        return (0..<seconds * Int(rate)).map { sample in
            let time = Double(sample) / Double(rate)
            var sum = 0.0
            for (number, (low, high, every)) in glides.enumerated() {
                let swing = sin(2 * .pi * time / every) * (high - low) / 2 * every / (2 * .pi)
                sum += sin(2 * .pi * ((low + high) / 2 * time - swing)) / Double(number + 1)
            }
            return Float(sum * max(0, sin(2 * .pi * 2.3 * time)) * (time < 12 ? 0.2 : 0.02))
        }
    }

    /// The band levels of a sound from its beginning on, dB, frame after frame.
    static func levels(_ sound: [Float]) -> [Float] {
        let bands = MelBands(sampleRate: rate)
        var spectrum = PowerSpectrum()
        var power = [Float](repeating: 0, count: PowerSpectrum.binCount)
        var levels: [Float] = []
        for start in stride(from: 0, through: sound.count - PowerSpectrum.size, by: 320) {
            spectrum.power(of: sound, at: start, into: &power)
            bands.appendDecibels(of: power, to: &levels)
        }
        return levels
    }
}
