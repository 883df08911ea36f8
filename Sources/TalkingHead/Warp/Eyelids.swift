import Glibc

/// Blinks and brows.
///
/// A lid is drawn from the skin above the eye, mirrored at a line above the lashes: so it begins without a seam, and
/// neither iris nor lashes are smeared as they would be by stretching.
struct Eyelids {
    let geometry: FaceGeometry
    /// The colour of each lid over its columns; empty where this face can't blink.
    let colours: [[Colour]]
    /// The lids of a drawing; empty in a photograph.
    let drawnLids: [DrawnLid]
    let softness: Float

    var canBlink: Bool { !colours.isEmpty || !drawnLids.isEmpty }

    struct Paint {
        var cover: Float = 0
        /// Where the lid's skin is taken from, face coordinates.
        var source: SIMD2<Float> = .zero
        /// The colour that skin has here: what the sample is held near to, should it be hair or a brow.
        var colour: Colour = .zero
        /// Factor of the lid's luma.
        var shade: Float = 1
        /// Factor of luma over everything: lashes and their shadow.
        var light: Float = 1

        /// How much of the even colour and how little of the sample: further down there would be lashes in it.
        var evenness: Float = 1

        /// The lid's luma where this was sampled.
        @inline(__always)
        func luma(_ sample: Float) -> Float {
            mix(clamp(sample, 0.88 * colour.x, 1.10 * colour.x), colour.x, evenness) * shade
        }

        /// The lid's chroma likewise: of a brow above it hardly anything, for that is grey.
        @inline(__always)
        func chroma(_ sample: SIMD2<Float>) -> SIMD2<Float> {
            sample + (SIMD2(colour.y, colour.z) - sample) * max(evenness, 0.75)
        }
    }

    /// How far above the lid's edge the lashes reach, in IOD.
    private static let lashes: Float = 0.060

    init(geometry: FaceGeometry, complexion: Complexion, picture: YUVPicture, hasEyes: Bool) {
        self.geometry = geometry
        softness = 1.3 / geometry.frame.scale
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        let eyes = geometry.eyes
        let drawn = geometry.isDrawing && hasEyes ? eyes.compactMap { DrawnLid(eye: $0, probe: probe) } : []
        drawnLids = drawn.count == eyes.count ? drawn : []
        guard !geometry.isDrawing else {
            colours = []
            return
        }
        let lids = eyes.map { LidColours(eye: $0, skin: complexion.skin, probe: probe) }
        // narrower than 10 pixels there is nothing to paint; a third of no skin means hair, glasses or wrong points
        let usable = eyes.allSatisfy { $0.height > 0.06 && $0.halfWidth * geometry.frame.scale > 5 }
        let missing = lids.map(\.missing).reduce(0, +)
        colours = hasEyes && usable && missing <= 22 ? lids.map(\.colours) : []
    }

    private init(resting geometry: FaceGeometry) {
        self.geometry = geometry
        (colours, drawnLids) = ([], [])
        softness = 1.3 / geometry.frame.scale
    }

    /// Of a face that never blinks by our doing.
    static func resting(_ geometry: FaceGeometry) -> Eyelids { Eyelids(resting: geometry) }

    /// A blink may change something within a margin of a place of the head.
    func reach(_ place: SIMD2<Float>, margin: Float) -> Bool {
        if drawnLids.contains(where: { $0.reach(place, margin: margin) }) { return true }
        guard !colours.isEmpty else { return false }
        return geometry.eyes.contains { eye in
            abs(place.x - eye.centre) < eye.halfWidth + margin && place.y > eye.brow - margin
                && place.y < eye.middle + 0.25 + margin
        }
    }

    /// How far a place is moved down for the brows, `raise` 0...1.
    @inline(__always)
    func browMove(_ u: Float, _ v: Float, raise: Float) -> Float {
        var move: Float = 0
        for eye in geometry.eyes {
            let across = (u - eye.centre) / (eye.halfWidth * 2.2)
            let up = (v - (eye.brow - 0.03)) / 0.20
            guard abs(across) < 1.6, abs(up) < 2 else { continue }
            var weight = expf(-1.2 * (across * across * across * across + up * up))
            // eyes stay
            weight *= 1 - smoothstep(eye.middle - 0.10, eye.middle - 0.02, v)
            move += 0.035 * raise * weight
        }
        return move
    }

    /// The lid at a place of the head. `blink` 0 open ... 1 shut; `fold` gets how far the skin above comes down.
    @inline(__always)
    func paint(_ u: Float, _ v: Float, blink: Float, fold: inout Float) -> Paint? {
        for lid in drawnLids {
            if let paint = lid.paint(u, v, blink: blink) { return paint }
        }
        guard !colours.isEmpty else { return nil }
        for (index, eye) in geometry.eyes.enumerated() {
            let t = (u - eye.centre) / eye.halfWidth
            guard abs(t) < 1, v > eye.brow, v < eye.middle + 0.25 else { continue }
            return paint(eye, colours[index], u, v, t, blink, &fold)
        }
        return nil
    }

    @inline(__always)
    private func paint(
        _ eye: EyeShape, _ colours: [Colour], _ u: Float, _ v: Float, _ t: Float, _ blink: Float, _ fold: inout Float
    ) -> Paint {
        let place = (t + 1) * 0.5 * Float(EyeShape.columnCount - 1)
        let column = min(EyeShape.columnCount - 2, Int(place))
        let share = place - Float(column)
        let lid = mix(eye.upperLid[column], eye.upperLid[column + 1], share)
        let bottom = mix(eye.lowerLid[column], eye.lowerLid[column + 1], share)
        let top = lid - Self.lashes
        let edge = mix(lid - 0.008, bottom, blink)
        let drop = 0.30 * blink * (bottom - lid)
        // near the corners the lid narrows to nothing
        let corner = smoothstep(0, 0.22, 1 - abs(t))
        fold = drop * ramp(eye.brow, max(eye.brow + 0.05, top), v) * corner * (1 - ramp(0, 0.05, v - top))
        var paint = Paint()
        if v > top, v < edge + softness {
            let depth = (v - top) / max(0.02, edge - top)
            // no further up than the brow
            let mirrored = min(0.4 * (v - top), max(0, top - drop - eye.brow) * 0.8 * depth)
            paint.source = SIMD2(u, top - drop * corner - mirrored)
            paint.cover =
                ramp(-0.5, 0.5, (edge - v) / softness) * corner * smoothstep(0, 0.12, blink)
                * smoothstep(0, 0.035, v - top)
            paint.colour = colours[column] + (colours[column + 1] - colours[column]) * share
            paint.evenness = 0.7 * smoothstep(0, 0.5, depth)
            // a lid is a part of a ball: lit from above it is brightest a third down
            paint.shade = 1 + (0.07 * sinf(4.2 * depth) - 0.09 * depth - 0.05 * t * t * t * t) * blink
        }
        if blink > 0.05 {
            let distance = (v - edge) / (v < edge ? 0.012 : 0.018)
            let lashes = expf(-0.5 * distance * distance) * smoothstep(0.05, 0.5, blink) * (1 - t * t * t * t)
            paint.light = 1 - 0.55 * lashes
        }
        return paint
    }
}

/// The colours of a shut lid: those of the skin just above it.
private struct LidColours {
    let colours: [Colour]
    /// In how many columns no skin was found.
    let missing: Int

    init(eye: EyeShape, skin: Colour, probe: PictureProbe) {
        var (found, missing): ([Colour], Int) = ([], 0)
        for (column, t) in EyeShape.positions.enumerated() {
            let samples = stride(from: Float(0.045), to: 0.085, by: 0.012).map { above in
                probe.colour(eye.centre + t * eye.halfWidth, eye.upperLid[column] - above)
            }
            let brightest = samples.filter { $0.chromaDistance(to: skin) < 16 }.max { $0.x < $1.x }
            missing += brightest == nil ? 1 : 0
            var colour = brightest ?? skin
            // above an open eye lies the shade of its fold: a lid that is drawn over it has some of the skin's own colour
            colour.x = clamp(mix(colour.x, skin.x, 0.15), 0.60 * skin.x, 1.06 * skin.x)
            // and brows and lashes near by make it grey
            let share = 0.6 * colour.x / skin.x
            colour.y = 128 + 0.4 * (colour.y - 128) + share * (skin.y - 128)
            colour.z = 128 + 0.4 * (colour.z - 128) + share * (skin.z - 128)
            found.append(colour)
        }
        // the corners' samples lie on lashes
        let usable = 3...EyeShape.columnCount - 4
        colours = found.indices.map { column in
            let first = min(max(column - 7, usable.lowerBound), usable.upperBound)
            let last = max(min(column + 7, usable.upperBound), usable.lowerBound)
            return found[first...last].reduce(.zero, +) / Float(last - first + 1)
        }
        self.missing = missing
    }
}
