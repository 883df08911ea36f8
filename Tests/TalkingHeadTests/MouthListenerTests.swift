import TalkingHead
import Testing

@Suite struct MouthListenerTests {
    private func listen(_ samples: [Float], pieces: Int = 4096) -> MouthTrack {
        var listener = MouthListener()
        for start in stride(from: 0, to: samples.count, by: pieces) {
            samples[start..<min(samples.count, start + pieces)].withUnsafeBufferPointer { listener.add($0) }
        }
        return listener.finish()
    }

    private func mean(_ values: some Sequence<Float>) -> Float {
        let values = Array(values)
        return values.isEmpty ? 0 : values.reduce(0, +) / Float(values.count)
    }

    @Test(
        "there is one shape for each 20 ms, to the nearest",
        arguments: [(0, 0), (1, 0), (159, 0), (160, 1), (320, 1), (479, 1), (480, 2), (16_000, 50), (16_159, 50)])
    func rows(samples: Int, rows: Int) {
        #expect(listen(Array(repeating: 0.1, count: samples)).shapes.count == rows)
    }

    @Test("pieces of any length give the same track", arguments: [1, 319, 511, 513, 8000])
    func pieces(length: Int) {
        let sound = MouthSound.syllables([MouthSound.ah, MouthSound.ee], gap: MouthSound.hiss(seconds: 0.1), times: 6)
        #expect(listen(sound, pieces: length) == listen(sound, pieces: sound.count))
    }

    @Test("values lie between 0 and 1, also for broken samples")
    func bounds() {
        var sound = MouthSound.syllables([MouthSound.ah], gap: MouthSound.silence(seconds: 0.1), times: 10)
        sound[1000] = .nan
        sound[9000] = .infinity
        sound[12_000] = 1e30
        for shape in listen(sound).shapes {
            #expect((0...1).contains(shape.open) && (0...1).contains(shape.wide) && (0...1).contains(shape.round))
        }
    }

    @Test(
        "what is no speech leaves the mouth shut",
        arguments: [
            ("silence", MouthSound.silence(seconds: 4)),
            ("noise", MouthSound.noise(seconds: 4)),
            ("faint noise", MouthSound.noise(seconds: 4, level: 0.0001)),
            ("hum", MouthSound.tone(100, seconds: 4)),
            ("note", MouthSound.tone(440, seconds: 4)),
            ("held vowel", MouthSound.vowel(MouthSound.ah, seconds: 4)),
        ])
    func noSpeech(name: String, sound: [Float]) {
        #expect(mean(listen(sound).shapes.map(\.open)) < 0.08, "\(name)")
    }

    @Test("lips shut between the syllables of papa and open for its vowels")
    func papa() {
        // 0.1 s closure, 0.2 s vowel: 15 rows a syllable
        let sound = MouthSound.syllables(
            [MouthSound.ah, MouthSound.ee], gap: MouthSound.silence(seconds: 0.1), times: 12)
        let open = listen(sound).shapes.map(\.open)
        let closures = (2..<11).map { open[$0 * 15 + 2] }
        let vowels = stride(from: 2, to: 11, by: 2).map { open[$0 * 15 + 10] }
        #expect(mean(closures) < 0.15)
        #expect(mean(vowels) > mean(closures) + 0.3)
    }

    @Test("an s keeps the lips apart where a p would shut them")
    func hiss() {
        let stops = MouthSound.syllables([MouthSound.ah], gap: MouthSound.silence(seconds: 0.1), times: 12)
        let hisses = MouthSound.syllables([MouthSound.ah], gap: MouthSound.hiss(seconds: 0.1), times: 12)
        let middle = (2..<11).map { $0 * 15 + 2 }
        let (p, s) = (listen(stops).shapes, listen(hisses).shapes)
        #expect(mean(middle.map { s[$0].open }) > mean(middle.map { p[$0].open }) + 0.05)
    }

    @Test("ah opens most, ee spreads, oo rounds")
    func vowels() {
        let sound = MouthSound.syllables(
            [MouthSound.ah, MouthSound.ee, MouthSound.oo], gap: MouthSound.hiss(seconds: 0.1), times: 15)
        let shapes = listen(sound).shapes
        func middle(_ vowel: Int) -> [MouthShape] { (1..<4).map { shapes[($0 * 3 + vowel) * 15 + 10] } }
        let (ah, ee, oo) = (middle(0), middle(1), middle(2))
        #expect(mean(ah.map(\.open)) > mean(ee.map(\.open)) + 0.2)
        #expect(mean(ah.map(\.open)) > mean(oo.map(\.open)) + 0.2)
        #expect(mean(ee.map(\.wide)) > mean(oo.map(\.wide)) + 0.3)
        #expect(mean(oo.map(\.round)) > mean(ee.map(\.round)) + 0.3)
        #expect(mean(oo.map(\.round)) > mean(ah.map(\.round)) + 0.2)
    }

    @Test("loudness of the recording does not matter", arguments: [Float(0.03), 0.1, 3])
    func gain(factor: Float) {
        let sound = MouthSound.syllables(
            [MouthSound.ah, MouthSound.oo], gap: MouthSound.silence(seconds: 0.1), times: 8)
        let (plain, scaled) = (listen(sound).shapes, listen(sound.map { $0 * factor }).shapes)
        #expect(mean(zip(plain, scaled).map { abs($0.open - $1.open) }) < 0.05)
    }

    @Test("the mouth moves with the sound, not after it")
    func delay() {
        let sound =
            MouthSound.silence(seconds: 1)
            + MouthSound.syllables([MouthSound.ah, MouthSound.ee], gap: MouthSound.silence(seconds: 0.1), times: 10)
            + MouthSound.silence(seconds: 1)
        let open = listen(sound).shapes.map(\.open)
        #expect(mean(open[0..<45]) < 0.02)
        #expect(mean(open[(open.count - 40)...]) < 0.02)
        let first = open.firstIndex { $0 > 0.2 } ?? 0
        // the first vowel begins at 1.1 s
        #expect((53...58).contains(first))
    }

    /// Correlation of the track with what is wanted, if the track came `rows` late.
    private func correlation(_ ours: [Float], late rows: Int, _ wanted: [Float]) -> Float {
        let middle = 5..<(min(ours.count, wanted.count) - 5)
        let (a, b) = (middle.map { ours[$0 + rows] }, middle.map { wanted[$0] })
        let (meanA, meanB) = (mean(a), mean(b))
        let products = zip(a, b).map { ($0 - meanA) * ($1 - meanB) }
        let squares = (a.map { ($0 - meanA) * ($0 - meanA) }, b.map { ($0 - meanB) * ($0 - meanB) })
        return mean(products) / (mean(squares.0) * mean(squares.1)).squareRoot()
    }

    @Test(
        "the track follows syllables of uneven length best as it is, at most 20 ms early or late",
        arguments: [false, true])
    func lag(hissed: Bool) {
        var sound = MouthSound.silence(seconds: 0.5)
        var wanted = [Float](repeating: 0, count: 25)
        for syllable in 0..<24 {
            let rows = (gap: [5, 4, 7, 6][syllable % 4], vowel: [10, 7, 15, 9, 12][syllable % 5])
            let seconds = Float(rows.gap) / 50
            sound += hissed ? MouthSound.hiss(seconds: seconds) : MouthSound.silence(seconds: seconds)
            let vowel = [MouthSound.ah, MouthSound.ee, MouthSound.ah][syllable % 3]
            sound += MouthSound.vowel(vowel, seconds: Float(rows.vowel) / 50)
            wanted += Array(repeating: 0, count: rows.gap)
            wanted += Array(repeating: [1, 0.4, 1][syllable % 3], count: rows.vowel)
        }
        sound += MouthSound.silence(seconds: 0.5)
        wanted += Array(repeating: 0, count: 25)
        let open = listen(sound).shapes.map(\.open)
        let follows = (-5...5).map { (rows: $0, value: correlation(open, late: $0, wanted)) }
        let best = follows.max { $0.value < $1.value }
        #expect((-1...1).contains(best?.rows ?? 9), "\(follows)")
        #expect(best?.value ?? 0 > 0.6)
    }
}
