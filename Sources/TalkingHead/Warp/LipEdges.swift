/// The inner edges of the lips in one frame of a video, at 32 places across the mouth; v of the face's own coordinates.
package struct LipEdges: Sendable {
    package var upper: SIMD32<Float>
    package var lower: SIMD32<Float>
    /// Where the lips would meet: what the upper teeth hang from.
    package var rest: SIMD32<Float>

    /// How far to each side, in half mouth widths: open corners lie a little further out than the landmarks.
    static let reach: Float = 1.1

    package var greatestGap: Float { (lower - upper).max() }

    init(_ geometry: FaceGeometry) {
        (upper, lower) = (.zero, .zero)
        for place in upper.indices {
            let column = ColumnGrid.index(Self.reach * (2 * Float(place) / Float(upper.scalarCount - 1) - 1))
            upper[place] = geometry.upperInner[column]
            lower[place] = geometry.lowerInner[column]
        }
        rest = upper + 0.30 * (lower - upper)
    }
}

extension FaceGeometry {
    /// Takes over the edges that were found; beyond the corners the landmarks' curves stay.
    mutating func take(_ edges: LipEdges) {
        let last = Float(edges.upper.scalarCount - 1)
        var rest = restLine
        for (column, t) in ColumnGrid.positions.enumerated() where abs(t) < LipEdges.reach {
            let place = (t / LipEdges.reach + 1) / 2 * last
            let index = min(Int(place), edges.upper.scalarCount - 2)
            func at(_ curve: SIMD32<Float>) -> Float { mix(curve[index], curve[index + 1], place - Float(index)) }
            (upperInner[column], lowerInner[column], rest[column]) = (at(edges.upper), at(edges.lower), at(edges.rest))
        }
        steadyRestLine = rest
        separateLips()
    }
}
