import Glibc

/// Shapes told from the spectrum by rules of phonetics, without a model.
///
/// - Open follows the loudness of the voice and the first formant (an "a" has it high, "i" and "u" low).
/// - Wide and round follow the second formant's region: high for "ee", low and falling steeply for "oo".
/// - Lips shut for a short deep dip without hiss or burst (p, b), and for a murmur with nothing above it (m).
/// - Without the changes of speech (hum, noise, held notes) the mouth stays shut.
///
/// Levels are relative to the clip and formants to the speaker's own range, so neither gain nor voice matters.
/// The decibels below were set by ear and eye on a few voices: rough on purpose.
struct SpectralMouth {
    private let features: SoundFeatures
    /// Level of the voice (200-3000 Hz) below the clip's loud voice, dB.
    private let voice: [Float]
    /// 0 no hiss ... 1 only hiss: energy above 3 kHz against that below 2.5 kHz.
    private let hiss: [Float]
    /// 0 quiet ... 1 as loud as the clip gets.
    private let loudness: [Float]

    init(features: SoundFeatures) {
        self.features = features
        let voice = features.energy(from: 200, to: 3000)
        let loudest = max(voice.percentile(0.95), -40)
        self.voice = voice.map { $0 - loudest }
        let (high, low) = (features.energy(from: 3000, to: 8000), features.energy(from: 0, to: 2500))
        hiss = zip(high, low).map { smoothstep(-2, 8, $0 - $1) }
        loudness = self.voice.map { ramp(-26, -4, $0) }
    }

    func shapes() -> [MouthShape] {
        guard features.frameCount > 0 else { return [] }
        let speech = self.speech()
        let jaw = vowelHeight()
        let open = opening(jaw: jaw, speech: speech)
        let (wide, round) = lips(jaw: jaw, speech: speech)
        return open.indices.map { MouthShape(open: open[$0], wide: wide[$0], round: round[$0]) }
    }

    // MARK: the jaw

    /// 0 close vowel ("ee", "oo") ... 1 open vowel ("ah"), within the speaker's range of first formants.
    private func vowelHeight() -> [Float] {
        withinSpeaker(features.centroid(from: 220, to: 1150), leastHalfRange: 70)
    }

    private func opening(jaw: [Float], speech: [Float]) -> [Float] {
        let loud = features.level.map { ramp(-35, -20, $0 - features.reference) }
        let raw = jaw.indices.map { frame in
            let vowel = loudness[frame] * (0.25 + 0.70 * jaw[frame]) * (1 - 0.75 * hiss[frame])
            // behind an "s" the teeth nearly meet
            return max(vowel, 0.16 * hiss[frame] * loud[frame])
        }
        // between vowels lips stay apart, even for the silence of a "t"
        let within = voice.greatest(within: 4).map { ramp(-20, -10, $0) }
        let closed = closures()
        let shaped = raw.smoothed([1, 2, 1]).enumerated().map { frame, value in
            max(value, 0.16 * within[frame]) * speech[frame] * (1 - closed[frame])
        }
        return shaped.smoothed([1, 2, 1])
    }

    /// 1 where the lips are shut for p, b or m.
    private func closures() -> [Float] {
        let around = voice.greatest(within: 6)
        let hissAround = hiss.greatest(within: 2)
        let (murmur, above) = (features.energy(from: 0, to: 350), features.energy(from: 450, to: 3000))
        return voice.indices.map { frame in
            let dip = around[frame] - voice[frame]
            let stop =
                smoothstep(9, 20, dip) * smoothstep(8, 16, -voice[frame])
                * (1 - 0.8 * smoothstep(0.2, 0.8, hissAround[frame]))
            let nasal = smoothstep(6, 16, murmur[frame] - above[frame]) * smoothstep(3, 10, dip)
            return max(stop, 0.9 * nasal)
        }
    }

    // MARK: the lips

    private func lips(jaw: [Float], speech: [Float]) -> (wide: [Float], round: [Float]) {
        let front = withinSpeaker(features.centroid(from: 1000, to: 3000), leastHalfRange: 100)
        let (upper, lower) = (features.energy(from: 1200, to: 3200), features.energy(from: 200, to: 1000))
        let bright = withinSpeaker(zip(upper, lower).map { $0 - $1 }, leastHalfRange: 5)
        var (wide, round): ([Float], [Float]) = ([], [])
        for frame in jaw.indices {
            let vowel = loudness[frame] * (1 - hiss[frame]) * speech[frame]
            let spread = ramp(0.35, 1, front[frame]) * (1 - 0.6 * jaw[frame])
            wide.append(min(1, vowel * (0.95 * spread + 0.15) + 0.3 * hiss[frame] * speech[frame]))
            round.append(vowel * (1 - ramp(0, 0.45, bright[frame])) * (1 - ramp(0.2, 0.7, front[frame])))
        }
        // lips move more slowly than the jaw
        return (wide.smoothed([1, 2, 2, 2, 1]), round.smoothed([1, 2, 2, 2, 1]))
    }

    /// A formant measure as 0...1 of the range that this speaker's voiced frames cover; at least `leastHalfRange` to
    /// each side of the middle, so that one held vowel is not taken for a whole range.
    private func withinSpeaker(_ values: [Float], leastHalfRange: Float) -> [Float] {
        let voiced = values.indices.filter { voice[$0] > -14 && hiss[$0] < 0.3 }.map { values[$0] }
        // fewer than 0.2 s say nothing about a speaker
        guard voiced.count >= 10 else { return values.map { _ in 0.5 } }
        let (low, high) = (voiced.percentile(0.08), voiced.percentile(0.92))
        let half = max((high - low) / 2, leastHalfRange)
        return values.map { min(1, max(0, 0.5 + 0.5 * ($0 - (low + high) / 2) / half)) }
    }

    // MARK: speech or not

    /// 1 where the second to each side changes as speech does: in level, in spectrum, and from frame to frame.
    private func speech() -> [Float] {
        guard features.reference > SoundFeatures.quietest else { return features.level.map { _ in 0 } }
        let second = Int(MouthTrack.rate)
        let relative = features.level.map { min(10, max(-40, $0 - features.reference)) }
        let active: [Float] = relative.map { $0 > -25 ? 1 : 0 }
        let everywhere: [Float] = relative.map { _ in 1 }
        let mean = relative.means(within: second, weights: everywhere)
        let square = relative.map { $0 * $0 }.means(within: second, weights: everywhere)
        let (flux, spread) = spectralChange(active: active, within: second)
        return relative.indices.map { frame in
            let deviation = max(0, square[frame] - mean[frame] * mean[frame]).squareRoot()
            return smoothstep(3.5, 6, deviation) * smoothstep(1.5, 2.6, flux[frame]) * smoothstep(3, 5, spread[frame])
        }
    }

    /// How much the spectrum's shape moves, in dB: from one frame to the next, and about its mean over the window.
    private func spectralChange(active: [Float], within reach: Int) -> (flux: [Float], spread: [Float]) {
        let count = features.frameCount
        let shapes = relativeShapes()
        var flux = [Float](repeating: 0, count: count)
        var spread = [Float](repeating: 0, count: count)
        for shape in shapes {
            let mean = shape.means(within: reach, weights: active)
            for frame in 0..<count {
                flux[frame] += abs(shape[frame] - shape[max(0, frame - 1)]) / Float(MelBands.count)
                let difference = shape[frame] - mean[frame]
                spread[frame] += difference * difference / Float(MelBands.count)
            }
        }
        return (
            flux.means(within: reach, weights: active),
            spread.means(within: reach, weights: active).map { $0.squareRoot() }
        )
    }

    /// Per band its level against the frame's mean over all bands.
    private func relativeShapes() -> [[Float]] {
        let (count, bands) = (features.frameCount, MelBands.count)
        let levels = features.decibels.map { min(15, max(-55, $0 - features.reference)) }
        let means = (0..<count).map { frame in
            levels[frame * bands..<(frame + 1) * bands].reduce(0, +) / Float(bands)
        }
        return (0..<bands).map { band in (0..<count).map { levels[$0 * bands + band] - means[$0] } }
    }
}
