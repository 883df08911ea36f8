/// The lid of a drawn eye: the skin's own even colour with the eye's outline at its edge. Shut, it is one curved line, as
/// a drawing would blink.
struct DrawnLid: Sendable {
    private let eye: DrawnEye
    private let centre: Float
    private let halfWidth: Float
    /// The upper lid's edge when the eye is open, and where the lids meet.
    private let open: Arc
    private let shut: Arc
    /// The skin right above and below the eye, over its columns.
    private let above: [Colour]
    private let below: [Colour]
    private let softness: Float

    /// A lid's edge: what lies in a drawing is smoother than what can be measured of it.
    private struct Arc {
        /// Height at the eye's left and right end, and how far its middle lies below the line between them.
        var left: Float
        var right: Float
        var sag: Float

        /// `t` -1 at the left end ... 1 at the right one.
        @inline(__always)
        func height(_ t: Float) -> Float { mix(left, right, (t + 1) / 2) + sag * (1 - t * t) }

        /// Per unit of t.
        @inline(__always)
        func slope(_ t: Float) -> Float { (right - left) / 2 - 2 * sag * t }

        func mixed(with other: Arc, _ share: Float) -> Arc {
            Arc(
                left: mix(left, other.left, share), right: mix(right, other.right, share),
                sag: mix(sag, other.sag, share))
        }
    }

    /// Nil where the eye can't be told from what is around it.
    init?(eye shape: EyeShape, probe: PictureProbe) {
        guard let eye = DrawnEye(eye: shape, probe: probe) else { return nil }
        self.eye = eye
        centre = (eye.left + eye.right) / 2
        halfWidth = (eye.right - eye.left) / 2
        softness = 1.3 / probe.frame.scale
        (open, shut) = Self.arcs(of: eye)
        let margin = 0.03 + softness
        above = Self.skin(of: eye, probe) { eye.top[$0] - margin }
        below = Self.skin(of: eye, probe) { eye.bottom[$0] + margin }
    }

    /// Shut it is a flat arc below the eye's middle: a round eye's own border would be a "U".
    private static func arcs(of eye: DrawnEye) -> (open: Arc, shut: Arc) {
        let last = DrawnEye.columnCount - 1
        func corner(_ columns: ClosedRange<Int>) -> Float {
            columns.map { (eye.top[$0] + eye.bottom[$0]) / 2 }.reduce(0, +) / Float(columns.count)
        }
        let (left, right) = (corner(0...3), corner(last - 3...last))
        let middle = (left + right) / 2
        let rise = max(0, middle - (eye.top.min() ?? middle))
        let depth = max(0, (eye.bottom.max() ?? middle) - middle)
        let sag = min(0.8 * depth, 0.20 * (eye.right - eye.left))
        let drop = 0.4 * (depth - sag)
        return (
            Arc(left: left, right: right, sag: -rise), Arc(left: left + drop, right: right + drop, sag: sag)
        )
    }

    /// The skin along the eye's border; the eye's own where something else is drawn there.
    private static func skin(
        of eye: DrawnEye, _ probe: PictureProbe, at height: (Int) -> Float
    ) -> [Colour] {
        let found = (0..<DrawnEye.columnCount).map { index in
            let u = mix(eye.left, eye.right, Float(index) / Float(DrawnEye.columnCount - 1))
            let colour = probe.colour(u, height(index))
            return abs(colour.x - eye.skin.x) < 20 && colour.chromaDistance(to: eye.skin) < 10 ? colour : eye.skin
        }
        return found.indices.map { index in
            let around = found[max(0, index - 4)...min(found.count - 1, index + 4)]
            return around.reduce(.zero, +) / Float(around.count)
        }
    }

    /// A blink may change something within a margin of a place of the head.
    func reach(_ place: SIMD2<Float>, margin: Float) -> Bool {
        let border = margin + eye.lineWidth + 2 * softness
        guard let top = eye.top.min(), let bottom = eye.bottom.max() else { return false }
        return abs(place.x - centre) < halfWidth + border && place.y > top - border && place.y < bottom + border
    }

    /// What is painted over a place of the head, with `blink` 0 open ... 1 shut; nil beside the eye.
    @inline(__always)
    func paint(_ u: Float, _ v: Float, blink: Float) -> Eyelids.Paint? {
        let margin = eye.lineWidth + 2 * softness
        let across = u - centre
        guard abs(across) < halfWidth + margin else { return nil }
        let place = clamp((across / halfWidth + 1) / 2, 0, 1) * Float(DrawnEye.columnCount - 1)
        let column = min(DrawnEye.columnCount - 2, Int(place))
        let share = place - Float(column)
        func at(_ values: [Float]) -> Float { mix(values[column], values[column + 1], share) }
        let (top, bottom) = (at(eye.top) - margin, at(eye.bottom) + margin)
        guard v > top, v < bottom else { return nil }
        // nothing beyond the eye's ends but the line's own
        let inside = ramp(-0.5, 0.5, (halfWidth + 1.5 * softness - abs(across)) / softness)
        let t = across / halfWidth
        let arc = open.mixed(with: shut, blink)
        let (upper, lower) = (arc.height(t), mix(bottom, shut.height(t), blink))
        let lid =
            max(ramp(-0.5, 0.5, (upper - v) / softness), ramp(-0.5, 0.5, (v - lower) / softness))
            * smoothstep(0, 0.1, blink)
        var paint = Eyelids.Paint()
        paint.cover = inside * lid
        let height = ramp(top, bottom, v)
        let (over, under) = (blended(above, column, share), blended(below, column, share))
        paint.colour = over + (under - over) * height
        addLine(&paint, distance: distance(across, v - upper, slope: arc.slope(t) / halfWidth), blink)
        return paint
    }

    /// The outline at the upper lid's edge, fading in as the lid begins to move.
    @inline(__always)
    private func addLine(_ paint: inout Eyelids.Paint, distance: Float, _ blink: Float) {
        let line = ramp(-0.5, 0.5, (eye.lineWidth / 2 - distance) / softness) * smoothstep(0, 0.15, blink)
        guard line > 0 else { return }
        let cover = line + paint.cover * (1 - line)
        paint.colour += (eye.line - paint.colour) * (line / cover)
        paint.cover = cover
    }

    /// From the line in the lid's edge, whose ends are round.
    @inline(__always)
    private func distance(_ across: Float, _ away: Float, slope: Float) -> Float {
        let upright = abs(away) / (1 + slope * slope).squareRoot()
        let beyond = max(0, abs(across) - halfWidth + eye.lineWidth / 2)
        return (upright * upright + beyond * beyond).squareRoot()
    }

    @inline(__always)
    private func blended(_ colours: [Colour], _ column: Int, _ share: Float) -> Colour {
        colours[column] + (colours[column + 1] - colours[column]) * share
    }
}
