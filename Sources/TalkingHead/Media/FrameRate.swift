/// Pictures a second as a fraction, such as 25/1 or 30000/1001.
package struct FrameRate: Hashable, Sendable, CustomStringConvertible {
    package let numerator: Int32
    package let denominator: Int32

    package init(_ numerator: Int32, _ denominator: Int32 = 1) {
        precondition(numerator > 0 && denominator > 0)
        self.numerator = numerator
        self.denominator = denominator
    }

    package var perSecond: Double { Double(numerator) / Double(denominator) }

    package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

    /// When frame `index` begins, in seconds.
    package func start(of index: Int) -> Double {
        Double(index) * Double(denominator) / Double(numerator)
    }

    /// How many frames cover a sound: ceil(seconds x rate), at least one.
    package func frames(covering seconds: Double) -> Int {
        // a millionth of a frame: whole seconds that went through floating point shall not gain a frame
        max(1, Int((seconds * perSecond - 1e-6).rounded(.up)))
    }

    /// The rates that files nearly have; written with a rounded duration they come out a little off.
    static let usual = [
        FrameRate(24000, 1001), FrameRate(24), FrameRate(25), FrameRate(30000, 1001), FrameRate(30), FrameRate(50),
        FrameRate(60000, 1001), FrameRate(60),
    ]

    /// The constant rate for a source with this average: a usual one when nearly that, at most `limit`. A slide show
    /// (below 12 a second) gets 25, as a mouth can't speak at its pace.
    package static func constant(average: Double, limit: Double) -> FrameRate {
        guard average.isFinite, average >= 12 else { return FrameRate(25) }
        guard average < limit else { return FrameRate(Int32(limit)) }
        // 0.3 %: keeps 29.97 and 30 apart from phones' 29.9
        let near = usual.filter { abs($0.perSecond / average - 1) < 0.003 }
        if let best = near.min(by: { abs($0.perSecond - average) < abs($1.perSecond - average) }) { return best }
        return FrameRate(Int32((average * 100).rounded()), 100).reduced
    }

    private var reduced: FrameRate {
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        return FrameRate(numerator / a, denominator / a)
    }
}
