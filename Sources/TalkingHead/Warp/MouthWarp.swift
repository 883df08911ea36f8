/// The inverse map of the mouth region: from where a place of the frame drawn is taken in the source.
///
/// Nothing above the nose base moves near the midline, nothing beyond the columns, nothing below `bottom`.
package struct MouthWarp {
    package let geometry: FaceGeometry
    package let field: ColumnField

    /// Cheeks may move this much higher up than the nose base.
    package static let cheekRise: Float = 0.42

    /// Skin this far from the lips, in IOD, moves smoothly across the columns.
    private static let skinReach: Float = 0.12

    package struct Place {
        /// Where in the source, face coordinates.
        package var source: SIMD2<Float>
        /// Where across the mouth, -1...1 between the corners.
        package var t: Float
        package var column: ColumnField.Column
    }

    package init(geometry: FaceGeometry, field: ColumnField) {
        self.geometry = geometry
        self.field = field
    }

    /// How far from its middle the mouth moves anything.
    private var reach: Float { geometry.mouthHalfWidth * ColumnGrid.reach * 0.98 }

    /// Whether the mouth may move something around a place `across` from its middle; with a negative margin whether it
    /// may move everything there.
    func reaches(_ across: Float, _ v: Float, margin: Float) -> Bool {
        let far = max(0, abs(across) + margin)
        return abs(across) < reach + margin && v < geometry.bottom + margin && v > geometry.ceiling(far) - margin
    }

    /// Nil where the mouth moves nothing.
    @inline(__always)
    package func place(_ u: Float, _ v: Float) -> Place? {
        let across = u - geometry.mouthCentre
        guard abs(across) <= reach, v <= geometry.bottom else { return nil }
        let ceiling = geometry.ceiling(across)
        guard v >= ceiling else { return nil }
        let sourceU = sideways(across, v, ceiling)
        let t = (sourceU - geometry.mouthCentre) / geometry.mouthHalfWidth
        guard let column = field.column(at: t) else { return nil }
        return Place(source: SIMD2(sourceU, v - move(v, column, ceiling)), t: t, column: column)
    }

    /// The source's u: the mouth gets wider or narrower, fading out to all sides.
    @inline(__always)
    private func sideways(_ across: Float, _ v: Float, _ ceiling: Float) -> Float {
        let distance = abs(across) / geometry.mouthHalfWidth
        let column = field.columns[ColumnGrid.index(across / geometry.mouthHalfWidth)]
        let (upperInner, upperOuter) = (column.source.x, column.source.z)
        let height =
            v < upperInner
            ? smoothstep(ceiling, upperOuter - 0.01, v) : 1 - smoothstep(upperInner + 0.10, geometry.chin * 0.85, v)
        let end = across < 0 ? geometry.sidewaysEnd.left : geometry.sidewaysEnd.right
        let weight = height * (1 - smoothstep(FaceGeometry.sidewaysStart, end, distance))
        return geometry.mouthCentre + across * (1 + (1 / field.width - 1) * weight)
    }

    /// How far down the place was moved.
    @inline(__always)
    private func move(_ v: Float, _ column: ColumnField.Column, _ ceiling: Float) -> Float {
        let (upperInner, lowerInner) = (column.moved[0], column.moved[1])
        let thickening = column.moved[7]
        if v < (upperInner + lowerInner) / 2 {
            let (edge, move, edgeMove) = (column.moved[2], column.moved[4], column.outer.x)
            // the lip itself moves nearly as one piece
            if v > edge {
                let depth = ramp(0, max(0.02, upperInner - edge), v - edge)
                return mix(edgeMove - thickening, move, depth)
            }
            let skin = mix(column.outer.z, edgeMove, smoothstep(edge - Self.skinReach, edge, v))
            return (skin - thickening) * smoothstep(ceiling, max(edge, ceiling + 0.05), v)
        }
        let (edge, move, edgeMove) = (column.moved[3], column.moved[5], column.outer.y)
        if v < edge {
            let depth = ramp(0, max(0.02, edge - lowerInner), edge - v)
            return mix(edgeMove + thickening, move, depth)
        }
        let chinMove = column.moved[6]
        let chin = geometry.chin + chinMove
        if v < chin {
            let skin = mix(edgeMove, column.outer.w, smoothstep(edge, edge + Self.skinReach, v))
            return mix(skin + thickening, chinMove, smoothstep(edge, max(chin - 0.02, edge + 0.05), v))
        }
        return chinMove * (1 - smoothstep(chin + 0.02, geometry.bottom, v))
    }
}
