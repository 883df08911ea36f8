/// The inner edges of the lips in one frame of a video, at 32 places across the mouth; v of the face's own coordinates.
package struct LipEdges: Hashable, Sendable {
    package var upper: SIMD32<Float>
    package var lower: SIMD32<Float>
    /// Where the lips would meet: what the upper teeth hang from.
    package var rest: SIMD32<Float>

    /// How far to each side, in half mouth widths: open corners lie a little further out than the landmarks.
    static let reach: Float = 1.1

    /// - Parameters:
    ///   - upper, lower: at the 32 places.
    package init(upper: SIMD32<Float>, lower: SIMD32<Float>) {
        self.upper = upper
        self.lower = lower
        rest = upper
        for place in rest.indices { rest[place] += FaceGeometry.upperLipFall(lower[place] - upper[place]) }
    }

    package var greatestGap: Float { (lower - upper).max() }

    /// Looks for them in the picture.
    package init(in picture: YUVPicture, _ points: FacePoints) {
        var geometry = FaceGeometry(points: points)
        MouthLine.refine(&geometry, in: picture)
        self.init(geometry)
    }

    private init(_ geometry: FaceGeometry) {
        var (upper, lower) = (SIMD32<Float>.zero, SIMD32<Float>.zero)
        for place in upper.indices {
            let column = ColumnGrid.index(Self.position(place))
            upper[place] = geometry.upperInner[column]
            lower[place] = geometry.lowerInner[column]
        }
        self.init(upper: upper, lower: lower)
    }

    /// Half way to others at 0.5.
    func mixed(with other: LipEdges, _ part: Float) -> LipEdges {
        LipEdges(upper: upper + (other.upper - upper) * part, lower: lower + (other.lower - lower) * part)
    }

    /// The same edges of the picture in the coordinates of other points of the same face.
    ///
    /// - Parameters: the 68 points.
    package func moved(from: [SIMD2<Float>], to: [SIMD2<Float>]) -> LipEdges {
        let (here, there) = (MouthSpan(from), MouthSpan(to))
        func moved(_ edge: SIMD32<Float>) -> SIMD32<Float> {
            let places = edge.indices.map { there.place(here.pixel(SIMD2(Self.position($0), edge[$0]))) }
            var (result, index) = (edge, 0)
            for place in edge.indices {
                let t = Self.position(place)
                while index + 2 < places.count, places[index + 1].x < t { index += 1 }
                let (left, right) = (places[index], places[index + 1])
                result[place] = mix(left.y, right.y, ramp(left.x, max(right.x, left.x + 1e-4), t))
            }
            return result
        }
        return LipEdges(upper: moved(upper), lower: moved(lower))
    }

    /// In half mouth widths from the middle.
    private static func position(_ place: Int) -> Float {
        reach * (2 * Float(place) / Float(SIMD32<Float>.scalarCount - 1) - 1)
    }
}

/// The mouth's own coordinates: half widths from its middle, and v of the face.
private struct MouthSpan {
    let frame: FaceFrame
    let halfWidth: Float

    init(_ points: [SIMD2<Float>]) {
        let points = FacePoints(points: points, origin: .found)
        frame = FaceFrame(points: points)
        halfWidth = FaceGeometry.mouthHalfWidth(of: points)
    }

    func pixel(_ place: SIMD2<Float>) -> SIMD2<Float> { frame.pixel(SIMD2(place.x * halfWidth, place.y)) }

    func place(_ pixel: SIMD2<Float>) -> SIMD2<Float> {
        let place = frame.face(pixel)
        return SIMD2(place.x / halfWidth, place.y)
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
