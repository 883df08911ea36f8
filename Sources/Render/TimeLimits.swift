/// How long a render may take, by the length of its audio: first it counts as slow, much later it is ended.
package struct TimeLimits: Hashable, Sendable {
    /// No render is slow before.
    package var slow: Duration
    /// ... nor before this many times its audio's length.
    package var slowFactor: Double
    /// A render is ended after this many times the time after which it is slow.
    package var hardFactor: Double

    package init(slow: Duration = .seconds(1200), slowFactor: Double = 40, hardFactor: Double = 3) {
        self.slow = slow
        self.slowFactor = slowFactor
        self.hardFactor = hardFactor
    }

    /// After this long a render is slow.
    ///
    /// - Parameter audio: seconds; nil while they are not known.
    package func slow(audio: Double?) -> Duration {
        guard let audio, audio > 0, audio.isFinite else { return slow }
        return max(slow, .seconds(audio * slowFactor))
    }

    /// After this long a render is ended.
    ///
    /// - Parameter audio: seconds; nil while they are not known.
    package func hard(audio: Double?) -> Duration {
        slow(audio: audio) * hardFactor
    }
}
