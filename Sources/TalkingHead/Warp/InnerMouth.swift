import Glibc

/// Paints what lies between open lips: cavity, tongue, a hint of lower teeth, upper teeth that stay with the skull.
struct InnerMouth {
    let complexion: Complexion
    let geometry: FaceGeometry
    let shape: MouthShape
    /// Of the lips in the middle of the mouth, in IOD.
    let middleGap: Float
    /// How soft edges are, in IOD: about a pixel.
    let softness: Float
    /// 1 but for faces that fade out.
    var strength: Float = 1
    /// Of a still that shows some; frames of a video differ, theirs would flicker.
    var ownTeeth: OwnTeeth?
    /// Of drawings, whose mouths are filled as they are drawn.
    var drawn: DrawnMouth?

    /// Single teeth are seen in faces of more than 20 pixels between the eyes; in smaller ones their lines would flicker.
    private var detail: Float { ramp(20, 45, geometry.frame.scale) }

    struct Paint {
        /// How much of the place the paint covers.
        var cover: Float
        var colour: Colour
        /// How much of it is the source's own teeth, and where they are in its head, face coordinates.
        var ownTeeth: Float
        var teethSource: SIMD2<Float> = .zero
    }

    /// The paint at a place of the head; nil where lips or skin are.
    @inline(__always)
    func paint(_ u: Float, _ v: Float, _ place: MouthWarp.Place) -> Paint? {
        let (top, bottom) = (place.column.moved[0], place.column.moved[1])
        let gap = bottom - top
        // from about a third of a pixel on
        guard gap > softness * 0.27 else { return line(v - (top + bottom) / 2, place.t) }
        let edges = ramp(-0.5, 0.5, (v - top) / softness) * ramp(-0.5, 0.5, (bottom - v) / softness)
        let cover = strength * edges * ramp(0, 1, (gap / softness - 0.25) * 0.7)
        guard cover > 0 else { return nil }
        let t = geometry.frontal(place.t)
        var paint = Paint(cover: cover, colour: .zero, ownTeeth: 0)
        if let drawn {
            paint.colour = drawn.colour(t, v, top: top, bottom: bottom, middleGap: middleGap, shape: shape)
        } else {
            paint.colour = cavity(t, v, top, gap)
            addTongue(&paint.colour, t, v, bottom, gap)
            addLowerTeeth(&paint.colour, t, v, bottom, gap)
        }
        if let ownTeeth {
            let teeth = ownTeeth.sample(u, v, t: t, softness: softness)
            (paint.ownTeeth, paint.teethSource) = (teeth.cover * teeth.detail, teeth.source)
            let even = teeth.cover * (1 - teeth.detail) / max(0.01, 1 - paint.ownTeeth)
            paint.colour += (teeth.colour - paint.colour) * min(1, even)
        } else if drawn == nil {
            addUpperTeeth(&paint.colour, u, v, top, gap, rest: place.column.source.w)
        }
        return paint
    }

    /// The dark line between shut lips that the picture shows open, and so has none of its own.
    @inline(__always)
    private func line(_ away: Float, _ t: Float) -> Paint? {
        guard geometry.showsTeeth else { return nil }
        let part = away / (0.008 + 0.5 * softness)
        let fade = 1 - part * part
        guard fade > 0 else { return nil }
        let cover = strength * 0.6 * fade * fade * (1 - smoothstep(0.8, 1.05, abs(t)))
        return Paint(cover: cover, colour: complexion.shade, ownTeeth: 0)
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

    /// A mound that rises from behind the lower lip: lit in front, dark towards the throat, with a groove along its middle.
    @inline(__always)
    private func addTongue(_ colour: inout Colour, _ t: Float, _ v: Float, _ bottom: Float, _ gap: Float) {
        let across = t / 0.80
        let height = 0.46 * gap * (1 - across * across)
        guard height > 0 else { return }
        let top = bottom - height
        let share = smoothstep(top - 0.02, top + 0.03, v) * smoothstep(0.05, 0.14, gap)
        guard share > 0 else { return }
        let front = ramp(top - 0.02, bottom, v)
        let groove = 1 - 0.16 * expf(-t * t / 0.004) * (1 - front)
        // the lower lip shades it
        let light = (0.62 + 0.50 * front) * (1 - 0.30 * smoothstep(0.75, 1, front)) * (1 - 0.35 * across * across)
        var tongue = complexion.tongue
        tongue.x = 16 + (tongue.x - 16) * light * groove
        colour += (tongue - colour) * (0.92 * share)
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
        // the far half of a turned mouth is foreshortened
        let side = 1 - geometry.lipMiddle * (u < geometry.midline ? -1 : 1)
        let across = abs(u - geometry.midline) / side
        let tooth = ToothRow.tooth(at: across, detail: detail)
        let length: Float = geometry.showsTeeth ? 0.060 : 0.047
        let part = across / geometry.mouthHalfWidth
        let edge = rest + length * (1 - 0.40 * part * part) - tooth.rise
        let blur = max(0.006, 0.6 * softness)
        let share = 1 - smoothstep(-blur, blur, v - edge)
        guard share > 0 else { return }
        // dark under the lip, towards the corners, and in a mouth that has only begun to open
        let lipShade = 0.66 + 0.34 * smoothstep(0, 0.035, v - top)
        let cornerShade = 1 - 0.75 * smoothstep(0.30, 0.98, part)
        let gapShade = 0.70 + 0.30 * smoothstep(0.02, 0.10, gap)
        // thin edges let the dark behind them through
        let bright = lipShade * cornerShade * gapShade * tooth.light * (1 - 0.10 * smoothstep(edge - 0.02, edge, v))
        // shade in a mouth is red, not grey: grey teeth look like glass
        let teeth = complexion.shade + (complexion.teeth - complexion.shade) * bright
        colour += (teeth - colour) * (share * ramp(0, 1, cornerShade * 1.2))
    }
}

/// The upper front teeth, seen from in front: two incisors, canine, premolars to each side.
enum ToothRow {
    /// |u| of the lines between them, in IOD from the midline, the last ones foreshortened by the arch.
    private static let lines: [Float] = [0, 0.135, 0.238, 0.345, 0.43, 0.50]
    /// How much higher than that of the first each tooth's edge is, and how pointed it is; IOD.
    private static let rises: [Float] = [0, 0.010, 0.004, 0.014, 0.018]
    private static let points: [Float] = [0.001, 0.002, 0.010, 0.006, 0.004]
    private static let reach: Float = 0.5
    private static let table: [SIMD2<Float>] = (0..<512).map { entry(reach * Float($0) / 511) }

    /// How much higher than the first tooth's the edge is, and how light the place.
    private static func entry(_ u: Float) -> SIMD2<Float> {
        let tooth = max(0, min(rises.count - 1, (lines.firstIndex { u < $0 } ?? lines.count - 1) - 1))
        let (start, end) = (lines[tooth], lines[tooth + 1])
        // -1...1 across the tooth
        let place = (u - (start + end) / 2) * 2 / (end - start)
        let square = place * place
        // corners are round, and the neighbours' notches meet
        let rise = rises[tooth] + points[tooth] * square + 0.010 * square * square * square
        let line = min(abs(u - start), abs(end - u))
        let gap = expf(-0.5 * line * line / (0.0055 * 0.0055))
        return SIMD2(rise, (1 - 0.10 * square * square) * (1 - 0.20 * gap))
    }

    /// - Parameter detail: 1 for single teeth, 0 for an even row.
    static func tooth(at distance: Float, detail: Float) -> (rise: Float, light: Float) {
        let entry = table[min(511, Int(distance * 511 / reach))]
        return (entry.x * detail, mix(1, entry.y, detail))
    }
}
