import Glibc

/// Paints what lies between open lips: cavity, tongue, a hint of lower teeth, upper teeth that stay with the skull.
struct InnerMouth {
    let complexion: Complexion
    let geometry: FaceGeometry
    let shape: MouthShape
    /// How soft edges are, in IOD: about a pixel.
    let softness: Float
    /// 1 but for faces that fade out.
    var strength: Float = 1
    /// A still that shows its own teeth keeps them; frames of a video differ, theirs would flicker.
    let keepsOwnTeeth: Bool

    struct Paint {
        /// How much of the place the paint covers.
        var cover: Float
        var colour: Colour
        /// How much of it is the source's own teeth, taken unmoved from the same place of the head.
        var ownTeeth: Float
    }

    /// The paint at a place of the head; nil where lips or skin are.
    @inline(__always)
    func paint(_ u: Float, _ v: Float, _ place: MouthWarp.Place) -> Paint? {
        let (top, bottom) = (place.column.moved[0], place.column.moved[1])
        let gap = bottom - top
        // from about a third of a pixel on
        guard gap > softness * 0.27 else { return nil }
        let edges = ramp(-0.5, 0.5, (v - top) / softness) * ramp(-0.5, 0.5, (bottom - v) / softness)
        let cover = strength * edges * ramp(0, 1, (gap / softness - 0.25) * 0.7)
        guard cover > 0 else { return nil }
        var paint = Paint(cover: cover, colour: cavity(place.t, v, top, gap), ownTeeth: 0)
        addTongue(&paint.colour, place.t, v, bottom, gap)
        addLowerTeeth(&paint.colour, place.t, v, bottom, gap)
        if keepsOwnTeeth, geometry.showsTeeth {
            let lip = place.column.source.y - 0.012
            paint.ownTeeth = 1 - smoothstep(lip - 0.018, lip + 0.004, v)
        } else {
            addUpperTeeth(&paint.colour, u, v, top, gap, rest: place.column.source.w)
        }
        return paint
    }

    /// The hole itself: nearly black, a little lighter below, and the colour of lips in shadow where it is narrow.
    @inline(__always)
    private func cavity(_ t: Float, _ v: Float, _ top: Float, _ gap: Float) -> Colour {
        let depth = ramp(0, gap, v - top)
        var colour = complexion.cavity
        colour.x += 6 * depth * (1 - 0.65 * min(1, t * t))
        let narrow = 1 - smoothstep(0.015, 0.06, gap)
        return colour + (complexion.shade - colour) * (0.75 * narrow)
    }

    /// A soft mound in the lowest third.
    @inline(__always)
    private func addTongue(_ colour: inout Colour, _ t: Float, _ v: Float, _ bottom: Float, _ gap: Float) {
        let distance = abs(t)
        let height = 0.42 * gap * max(0, 1 - 0.9 * t * t)
        let top = bottom - height
        let share =
            smoothstep(top - 0.05, top + 0.04, v) * smoothstep(0.03, 0.11, gap)
            * (1 - smoothstep(0.45, 0.95, distance))
        guard share > 0 else { return }
        var tongue = complexion.tongue
        // lit from in front: brightest a little behind its front edge
        tongue.x *= 0.72 + 0.28 * smoothstep(top - 0.02, bottom - 0.35 * height, v)
        tongue.x *= 1 - 0.25 * smoothstep(bottom - 0.35 * height, bottom, v)
        colour += (tongue - colour) * (0.9 * share)
    }

    /// A faint row that goes with the lower lip.
    @inline(__always)
    private func addLowerTeeth(_ colour: inout Colour, _ t: Float, _ v: Float, _ bottom: Float, _ gap: Float) {
        let edge = bottom - 0.030 * (1 - t * t)
        let share =
            smoothstep(edge - 0.012, edge + 0.012, v) * smoothstep(0.05, 0.10, gap)
            * (1 - smoothstep(0.35, 0.8, abs(t))) * (0.25 + 0.35 * shape.wide)
        guard share > 0 else { return }
        var teeth = complexion.teeth
        teeth.x *= 0.60
        colour += (teeth - colour) * share
    }

    /// Upper teeth, fixed to the skull: u and v of the head, never of the lips, or they slide.
    @inline(__always)
    private func addUpperTeeth(
        _ colour: inout Colour, _ u: Float, _ v: Float, _ top: Float, _ gap: Float, rest: Float
    ) {
        let across = abs(u - geometry.midline)
        let separators = ToothRow.separators(at: across)
        let length: Float = geometry.showsTeeth ? 0.060 : 0.045
        let part = across / geometry.mouthHalfWidth
        let edge = rest + length * (1 - 0.45 * part * part) - 0.008 * separators.y
        let share = 1 - smoothstep(-0.010, 0.010, v - edge)
        guard share > 0 else { return }
        // dark under the lip, towards the corners, and in a mouth that has only begun to open
        let lipShade = 0.60 + 0.40 * smoothstep(0, 0.050, v - top)
        let cornerShade = 1 - 0.72 * smoothstep(0.25, 1.0, part / 0.98)
        let gapShade = 0.70 + 0.30 * smoothstep(0.02, 0.10, gap)
        let light = lipShade * cornerShade * gapShade
        let bright = light * (1 - 0.13 * separators.x) * (1 - 0.06 * smoothstep(edge - 0.03, edge, v))
        // shade in a mouth is red, not grey: grey teeth look like glass
        let teeth = complexion.shade + (complexion.teeth - complexion.shade) * bright
        colour += (teeth - colour) * (share * ramp(0, 1, cornerShade * 1.2))
    }
}

/// The lines between the upper front teeth.
enum ToothRow {
    /// |u| of the lines, in IOD from the midline: two incisors, canine, premolars.
    private static let lines: [Float] = [0, 0.132, 0.236, 0.345, 0.44]
    private static let reach: Float = 0.6
    private static let table: [SIMD2<Float>] = (0..<512).map { index in
        let u = reach * Float(index) / 511
        func nearest(_ width: Float) -> Float {
            lines.map { expf(-0.5 * (u - $0) * (u - $0) / (width * width)) }.max() ?? 0
        }
        return SIMD2(nearest(0.007), nearest(0.022))
    }

    /// How much of a line is there, and of the notch that it makes in the teeth's edge; each 0...1.
    static func separators(at distance: Float) -> SIMD2<Float> {
        table[min(511, Int(distance * 511 / reach))]
    }
}
