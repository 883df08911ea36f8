import TalkingHead
import Testing

@Suite struct MouthNetTests {
    @Test("the track is the one that the training program's net says")
    func training() {
        var listener = MouthListener()
        MouthSound.formula(seconds: 25).withUnsafeBufferPointer { listener.add($0) }
        let shapes = listener.finish().shapes
        let expected = MouthNetExpectation.shapes
        #expect(shapes.count == 1250 && expected.count == 50)
        for (index, values) in expected.enumerated() {
            let shape = shapes[index * 25]
            for (ours, theirs) in zip([shape.open, shape.wide, shape.round], values) {
                #expect(abs(ours - theirs) < 1e-3, "row \(index * 25)")
            }
        }
    }

    @Test("gain does not matter to normalized levels", arguments: [Float(-30), -12, 20])
    func gain(decibels: Float) {
        let levels = MouthSound.levels(
            MouthSound.syllables([MouthSound.ah, MouthSound.ee], gap: MouthSound.hiss(seconds: 0.1), times: 40))
        let plain = normalized(levels)
        let raised = normalized(levels.map { $0 + decibels })
        let greatest = zip(plain, raised).map { abs($0 - $1) }.max() ?? 0
        // the floor of 1e-10 in a frame's loudness does not rise with it
        #expect(greatest < 0.02)
    }

    @Test("a steady colour of the channel does not matter much to normalized levels")
    func colour() {
        let levels = MouthSound.levels(
            MouthSound.syllables([MouthSound.ah, MouthSound.ee], gap: MouthSound.hiss(seconds: 0.1), times: 40))
        let tilted = levels.enumerated().map { $1 - 0.4 * Float($0 % MelBands.count) }
        let difference = zip(normalized(levels), normalized(tilted)).map { $0 - $1 }
        let mean = difference.reduce(0, +) / Float(difference.count)
        let spread = difference.reduce(Float(0)) { $0 + abs($1 - mean) } / Float(difference.count)
        // 0.13 if the mean spectrum stayed; levels that are cut off at the bottom keep some of it
        #expect(spread < 0.06)
    }

    @Test("blocks come out as soon as they are settled, and all of them in the end", arguments: [1, 99, 100, 1234])
    func blocks(frames: Int) {
        let levels = [Float](repeating: -30, count: frames * MelBands.count)
        var normalizer = BandNormalizer()
        var given = 0
        for frame in 0..<frames {
            given += normalizer.add(Array(levels[..<MelBands.count])).count / MelBands.count
            // a block waits for the four after it
            #expect(frame + 1 - given < 500)
        }
        #expect(given + normalizer.finish().count / MelBands.count == frames)
    }

    private func normalized(_ levels: [Float]) -> [Float] {
        var normalizer = BandNormalizer()
        return normalizer.add(levels) + normalizer.finish()
    }
}
