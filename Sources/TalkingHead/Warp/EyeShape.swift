/// The outline of an eye in face coordinates: upper and lower lid over 33 columns from corner to corner.
package struct EyeShape: Sendable {
    package static let columnCount = 33
    /// -1 at the left corner ... 1 at the right one.
    package static let positions: [Float] = (0..<columnCount).map { -1 + 2 * Float($0) / Float(columnCount - 1) }

    package let centre: Float
    package let halfWidth: Float
    package let middle: Float
    package let upperLid: [Float]
    package let lowerLid: [Float]
    /// The brow's lower edge: what lies above it does not blink.
    package let brow: Float

    package var height: Float { zip(lowerLid, upperLid).map { $0 - $1 }.max() ?? 0 }

    /// `first` is the eye's outer or inner corner on the viewer's left in the 68 points, `brow` the brow's first point.
    package init(points p: [SIMD2<Float>], first: Int, brow browFirst: Int) {
        centre = (p[first].x + p[first + 3].x) / 2
        // landmarks lie a little inside the corners
        halfWidth = (p[first + 3].x - p[first].x) / 2 * 1.15
        middle = (p[first].y + p[first + 3].y) / 2
        let upper = LipCurve(Array(p[first...first + 3]))
        let lower = LipCurve([p[first], p[first + 5], p[first + 4], p[first + 3]])
        var lids: (upper: [Float], lower: [Float]) = ([], [])
        for t in Self.positions {
            let u = centre + t * halfWidth
            let top = upper[u] + 0.004 * (1 - t * t)
            lids.upper.append(top)
            lids.lower.append(max(top, lower[u] + 0.012 * (1 - t * t)))
        }
        (upperLid, lowerLid) = lids
        let browEdge = p[browFirst..<browFirst + 5].map(\.y).max() ?? middle
        brow = min(browEdge, middle - 0.16) + 0.01
    }
}
