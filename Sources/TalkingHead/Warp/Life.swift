import Glibc

/// What a still does besides speaking: blinks, small moves of the head, brows. All from a seed: the same inputs give the
/// same picture.
package struct Life {
    package struct Moment: Hashable, Sendable {
        /// 0 open ... 1 shut.
        package var blink: Float = 0
        /// 0 at rest ... 1 raised.
        package var brows: Float = 0
        package var pose = HeadPose()

        package init(blink: Float = 0, brows: Float = 0) {
            self.blink = blink
            self.brows = brows
        }
    }

    private let settings: LifeSettings
    private var random: SeededRandom
    private let phases: [Float]
    private var nextBlink: Double
    private var previousBlink = -10.0
    private var stress: Float = 0

    package init(settings: LifeSettings, seed: UInt64) {
        self.settings = settings
        var random = SeededRandom(seed: seed)
        phases = (0..<24).map { _ in 2 * .pi * random.unit() }
        nextBlink = 0.8 + 1.5 * Double(random.unit())
        self.random = random
    }

    /// The next frame; times must not fall. `open` is the mouth's, which stress is told from.
    package mutating func moment(at time: Double, open: Float) -> Moment {
        guard settings != .off else { return Moment() }
        stress += (open - stress) * 0.25
        let amplitude = settings.head
        let t = Float(time)
        var moment = Moment(blink: blink(at: time), brows: 0.8 * stress * settings.brows)
        moment.pose.x = amplitude * 0.016 * sway(0, 0.13, t)
        moment.pose.y = amplitude * (0.012 * sway(3, 0.17, t) + 0.012 * stress) - 0.006 * settings.breath * breath(t)
        moment.pose.roll = amplitude * 0.014 * sway(6, 0.11, t)
        moment.pose.yaw = amplitude * 0.030 * sway(9, 0.15, t)
        moment.pose.pitch = amplitude * (0.018 * sway(12, 0.19, t) + 0.010 * stress)
        return moment
    }

    /// Three sines without a common period, -1...1.
    private func sway(_ phase: Int, _ frequency: Float, _ t: Float) -> Float {
        func sine(_ factor: Float, _ index: Int) -> Float {
            sinf(2 * .pi * frequency * factor * t + phases[phase + index])
        }
        return 0.5 * sine(1, 0) + 0.3 * sine(1.73, 1) + 0.2 * sine(2.91, 2)
    }

    /// -1 breathed out ... 1 in: a quarter of a hertz, in a little quicker than out.
    private func breath(_ t: Float) -> Float {
        let phase = 2 * .pi * 0.25 * t + phases[20]
        return sinf(phase - 0.35 * sinf(phase))
    }

    /// Lids close in 80 ms, stay shut for 40, open in 160; about 17 to 26 times a minute (Bentivoglio 1997).
    private mutating func blink(at time: Double) -> Float {
        guard settings.blinks > 0 else { return 0 }
        while time >= nextBlink {
            previousBlink = nextBlink
            let pause = random.unit() < 0.1 ? 0.35 : min(7, 1.4 - 1.6 * log(1 - 0.999 * Double(random.unit())))
            nextBlink += pause / Double(settings.blinks) + 0.28
        }
        let since = Float(time - previousBlink)
        if since < 0.08 { return smoothstep(0, 0.08, since + 0.01) }
        return 1 - smoothstep(0.12, 0.28, since)
    }
}

/// The same numbers for the same seed on every machine (SplitMix64).
package struct SeededRandom {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// 0..<1.
    package mutating func unit() -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Float(z >> 40) / 16_777_216
    }
}
