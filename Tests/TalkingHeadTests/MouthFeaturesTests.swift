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
        let sound = MouthSound.noise(seconds: 4)
        let levels = MouthSound.levels(sound)
        let frames = levels.count / MelBands.count
        let means = (0..<MelBands.count).map { band in
            (0..<frames).map { levels[$0 * MelBands.count + band] }.reduce(0, +) / Float(frames)
        }
        // the narrow bands' mean in dB lies a little lower: their single values scatter more
        #expect((means.max() ?? 0) - (means.min() ?? 0) < 3.5)
    }

    @Test("bands are evenly spaced in mel and reach from 80 to 7600 Hz")
    func bands() {
        let mel = MelBands.centres.map(MelBands.mel)
        let steps = zip(mel.dropFirst(), mel).map { $0 - $1 }
        #expect(steps.allSatisfy { abs($0 - steps[0]) < 0.1 })
        #expect(abs(MelBands.hertz(mel[0] - steps[0]) - 80) < 0.5)
        #expect(abs(MelBands.hertz(mel[25] + steps[0]) - 7600) < 5)
    }

    @Test("windows are centred and repeat the border values")
    func series() {
        let values: [Float] = [0, 0, 4, 0, 0]
        #expect(values.smoothed([1, 2, 1]) == [0, 1, 2, 1, 0])
        #expect([Float](repeating: 3, count: 4).smoothed([1, 2, 1]) == [3, 3, 3, 3])
        #expect(values.percentile(1) == 4)
        #expect([Float]().percentile(0.5) == 0)
    }
}
