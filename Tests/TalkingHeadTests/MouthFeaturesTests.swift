import Glibc
import TalkingHead
import Testing

@Suite struct MouthFeaturesTests {
    @Test("a sine's power is in its bin", arguments: [4, 32, 100, 250])
    func spectrum(bin: Int) {
        let samples = (0..<600).map { sinf(2 * .pi * Float(bin) * Float($0) / 512) }
        var spectrum = PowerSpectrum()
        var power = [Float](repeating: 0, count: PowerSpectrum.binCount)
        spectrum.power(of: samples, at: 50, into: &power)
        let strongest = power.indices.max { power[$0] < power[$1] }
        #expect(strongest == bin)
        let near = power[bin - 1...bin + 1].reduce(0, +)
        #expect(near > 0.999 * power.reduce(0, +))
    }

    @Test("noise has the same power in every band")
    func noise() {
        var listener = MouthListener()
        MouthSound.noise(seconds: 4).withUnsafeBufferPointer { listener.add($0) }
        let features = listener.features()
        let bands = (0..<MelBands.count).map { band in
            (0..<features.frameCount).map { features.decibels[$0 * MelBands.count + band] }.reduce(0, +)
                / Float(features.frameCount)
        }
        // the narrow bands' mean in dB lies a little lower: their single values scatter more
        #expect((bands.max() ?? 0) - (bands.min() ?? 0) < 3.5)
    }

    @Test("bands are evenly spaced in mel and reach from 80 to 7600 Hz")
    func bands() {
        let mel = MelBands.centres.map(MelBands.mel)
        let steps = zip(mel.dropFirst(), mel).map { $0 - $1 }
        #expect(steps.allSatisfy { abs($0 - steps[0]) < 0.1 })
        #expect(abs(MelBands.hertz(mel[0] - steps[0]) - 80) < 0.5)
        #expect(abs(MelBands.hertz(mel[25] + steps[0]) - 7600) < 5)
    }

    @Test("the reference is the loud part's level, not the clip's mean")
    func reference() {
        func reference(_ sound: [Float]) -> Float {
            var listener = MouthListener()
            sound.withUnsafeBufferPointer { listener.add($0) }
            return listener.features().reference
        }
        let vowel = MouthSound.vowel(MouthSound.ah, seconds: 1)
        #expect(abs(reference(vowel) - reference(vowel + MouthSound.silence(seconds: 4))) < 1.5)
        #expect(reference(MouthSound.silence(seconds: 1)) == SoundFeatures.quietest)
    }

    @Test("windows are centred and repeat the border values")
    func series() {
        let values: [Float] = [0, 0, 4, 0, 0]
        let third: Float = 4 / 3
        let everywhere: [Float] = [0, third, third, third, 0]
        #expect(values.smoothed([1, 2, 1]) == [0, 1, 2, 1, 0])
        #expect([Float](repeating: 3, count: 4).smoothed([1, 2, 1]) == [3, 3, 3, 3])
        #expect(values.greatest(within: 1) == [0, 4, 4, 4, 0])
        #expect(values.means(within: 1, weights: [1, 1, 1, 1, 1]) == everywhere)
        #expect(values.means(within: 1, weights: [0, 0, 1, 0, 0]) == [0, 4, 4, 4, 0])
        #expect(values.percentile(1) == 4)
        #expect([Float]().percentile(0.5) == 0)
    }
}
