/// A picture at a glance: the light in a grid of cells. Tells cuts, and pictures that are shown again.
struct Glance: Hashable, Sendable {
    private static let (columns, rows) = (16, 12)
    /// A picture differs by so much from that before a cut, in luma steps: measured, a speaker before a quiet ground
    /// makes 0.2 to 2, waving hands 6, cuts 20 to 60.
    private static let leastCut: Float = 10

    /// Sums over the cells, so that equal pictures are exactly equal.
    private let sums: [Int32]
    private let pixels: Float

    init(_ pyramid: PicturePyramid) {
        let picture = pyramid.levels[pyramid.levels.count - 1]
        var sums = [Int32](repeating: 0, count: Self.columns * Self.rows)
        for y in 0..<picture.height {
            let row = picture.y + y * picture.lumaStride
            let first = y * Self.rows / picture.height * Self.columns
            for x in 0..<picture.width { sums[first + x * Self.columns / picture.width] += Int32(row[x]) }
        }
        self.sums = sums
        pixels = Float(picture.width * picture.height) / Float(sums.count)
    }

    /// The mean difference of the cells, in luma steps; a light that changes as a whole doesn't count.
    func difference(from other: Glance) -> Float {
        let steps = zip(sums, other.sums).map { Float($0 - $1) / pixels }
        let mean = steps.reduce(0, +) / Float(steps.count)
        return steps.reduce(0) { $0 + abs($1 - mean) } / Float(steps.count)
    }

    /// - Parameter unrest: the usual difference: whoever pans quickly doesn't cut.
    static func isCut(difference: Float, unrest: Float) -> Bool {
        difference > leastCut && difference > 3 * unrest + 2
    }

    /// The usual difference after one more picture: about the mean of the last five.
    static func unrest(_ unrest: Float, after difference: Float) -> Float {
        unrest + 0.2 * (difference - unrest)
    }
}
