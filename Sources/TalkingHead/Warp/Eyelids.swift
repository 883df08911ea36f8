import Glibc

/// Blinks and brows. Lids are painted: stretching the skin above the eye would smear iris and lashes.
struct Eyelids {
    let geometry: FaceGeometry
    /// The colour of each lid over its columns; empty where this face can't blink.
    let colours: [[Colour]]
    let softness: Float

    var canBlink: Bool { !colours.isEmpty }

    struct Paint {
        var cover: Float = 0
        var colour: Colour = .zero
        /// Factor of luma: lashes and their shadow.
        var light: Float = 1
    }

    init(geometry: FaceGeometry, complexion: Complexion, picture: YUVPicture, hasEyes: Bool) {
        self.geometry = geometry
        softness = 1.3 / geometry.frame.scale
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        let eyes = geometry.eyes
        let lids = eyes.map { LidColours(eye: $0, skin: complexion.skin, probe: probe) }
        // narrower than 10 pixels there is nothing to paint; a third of no skin means hair, glasses or wrong points
        let usable = eyes.allSatisfy { $0.height > 0.06 && $0.halfWidth * geometry.frame.scale > 5 }
        let missing = lids.map(\.missing).reduce(0, +)
        colours = hasEyes && usable && missing <= 22 ? lids.map(\.colours) : []
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
        for (index, eye) in geometry.eyes.enumerated() {
            let t = (u - eye.centre) / eye.halfWidth
            guard abs(t) < 1, v > eye.brow, v < eye.middle + 0.25 else { continue }
            let place = (t + 1) * 0.5 * Float(EyeShape.columnCount - 1)
            let column = min(EyeShape.columnCount - 2, Int(place))
            let share = place - Float(column)
            // the lid begins just above the lashes
            let top = mix(eye.upperLid[column], eye.upperLid[column + 1], share) - 0.020
            let bottom = mix(eye.lowerLid[column], eye.lowerLid[column + 1], share)
            let way = blink * (bottom - 0.004 - top)
            let edge = top + way
            var paint = Paint()
            if v < edge + softness {
                let height = ramp(eye.brow, max(eye.brow + 0.05, top), v)
                fold = 0.30 * way * height * (v < top ? 1 : ramp(0, 0.05, top + 0.05 - v))
                let inside = ramp(-0.5, 0.5, (edge - v) / softness) * smoothstep(-0.042, -0.004, v - top)
                paint.cover = inside * smoothstep(0, 0.35, 1 - abs(t)) * smoothstep(0.004, 0.040, way)
                let colours = colours[index]
                paint.colour = colours[column] + (colours[column + 1] - colours[column]) * share
                // a lid is a part of a ball
                let r = (v - top) / max(0.02, way)
                paint.colour.x *= 1.03 - 0.13 * r * r - 0.10 * t * t * t * t
            }
            if blink > 0.15 {
                let distance = (v - edge) / 0.013
                let lashes = expf(-0.5 * distance * distance) * smoothstep(0.1, 0.6, blink) * (1 - t * t)
                paint.light = 1 - 0.45 * lashes
            }
            return paint
        }
        return nil
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
            colour.x = clamp(colour.x, 0.70 * skin.x, 1.05 * skin.x)
            found.append(colour)
        }
        // the corners' samples lie on lashes
        let usable = 3...EyeShape.columnCount - 4
        colours = found.indices.map { column in
            let first = min(max(column - 7, usable.lowerBound), usable.upperBound)
            let last = max(min(column + 7, usable.upperBound), usable.lowerBound)
            var colour = found[first...last].reduce(.zero, +) / Float(last - first + 1)
            colour.x *= 0.97
            return colour
        }
        self.missing = missing
    }
}
