/// What the mouth does: 50 shapes a second, shape i at i x 0.02 s.
package struct MouthTrack: Hashable, Sendable {
    package static let rate = 50.0

    package var shapes: [MouthShape]

    package init(shapes: [MouthShape]) {
        self.shapes = shapes
    }

    /// The shape at a time in seconds, linear between two rows; before and after the track the border rows.
    package subscript(seconds: Double) -> MouthShape {
        guard let last = shapes.last else { return MouthShape() }
        let position = max(0, seconds * Self.rate)
        let index = Int(position)
        guard index + 1 < shapes.count else { return last }
        let fraction = Float(position - Double(index))
        return shapes[index].mixed(with: shapes[index + 1], fraction)
    }

    /// The same sound gives the same blinks, another sound others (FNV-1a).
    var seed: UInt64 {
        shapes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.open.bitPattern)) &* 0x100_0000_01b3 }
    }
}

/// One shape of the mouth; each value 0...1.
package struct MouthShape: Hashable, Sendable {
    /// 0 lips shut, 1 as wide open as speech gets.
    package var open: Float = 0
    /// 0 neutral, 1 spread as in "see".
    package var wide: Float = 0
    /// 0 neutral, 1 rounded as in "boot".
    package var round: Float = 0

    package init(open: Float = 0, wide: Float = 0, round: Float = 0) {
        self.open = open
        self.wide = wide
        self.round = round
    }

    func mixed(with other: MouthShape, _ fraction: Float) -> MouthShape {
        MouthShape(
            open: open + (other.open - open) * fraction,
            wide: wide + (other.wide - wide) * fraction,
            round: round + (other.round - round) * fraction)
    }
}
