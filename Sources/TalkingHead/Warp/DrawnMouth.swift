/// The inside of a drawing's mouth: even colours and one line around them, as the rest of the drawing has them.
///
/// Shaded teeth and a shaded tongue in a drawing look like a photograph that was glued in.
struct DrawnMouth: Sendable {
    /// Of the line between the lips, or the line that is the mouth.
    let line: Colour
    let cavity: Colour
    let teeth: Colour
    let tongue: Colour
    /// How far the line reaches into the mouth from either lip, in IOD: half of it went with each.
    let lineWidth: Float
    /// About a pixel, in IOD.
    let softness: Float

    /// Lines between lips are thinner than this, in IOD; what is thicker is a shut mouth's shade.
    private static let widestLine: Float = 0.05

    init(geometry: FaceGeometry, complexion: Complexion, picture: YUVPicture) {
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        softness = 1.3 / geometry.frame.scale
        let measured = Self.line(geometry, probe)
        line = measured.colour
        lineWidth = min(measured.width, Self.widestLine) / 2
        let ink = DrawnMouthInk(
            skin: complexion.skin, lip: complexion.lip, white: Self.brightest(geometry, probe))
        (cavity, teeth, tongue) = (ink.cavity, ink.teeth, ink.tongue)
    }

    /// The colour between the lips; edges are as soft as a pixel.
    ///
    /// - Parameters:
    ///   - t: where across the mouth, -1...1.
    ///   - v, top, bottom: height of the place and of both lips' inner edges, in IOD.
    ///   - middleGap: the mouth's gap in its middle.
    @inline(__always)
    func colour(_ t: Float, _ v: Float, top: Float, bottom: Float, middleGap: Float, shape: MouthShape) -> Colour {
        let gap = bottom - top
        var colour = cavity
        let mound = middleGap * 0.42 * smoothstep(0.05, 0.16, middleGap) * max(0, 1 - t * t / 0.42)
        colour += (tongue - colour) * ramp(-0.5, 0.5, (v - bottom + mound) / softness)
        // little of them in an "o", more of them in a "see"
        let share = 0.36 + 0.20 * shape.wide - 0.20 * shape.round
        let edge = top + min(0.085, share * gap)
        colour += (teeth - colour) * (ramp(-0.5, 0.5, (edge - v) / softness) * smoothstep(0.03, 0.06, middleGap))
        let inside = min(v - top, bottom - v) - lineWidth
        return colour + (line - colour) * ramp(-0.5, 0.5, -inside / softness)
    }

    /// The luma of the eyes' white, or of what is lightest there: it tells how light white is in this drawing.
    private static func brightest(_ geometry: FaceGeometry, _ probe: PictureProbe) -> Float {
        geometry.eyes.flatMap { eye in
            (0..<15 * 7).map { index in
                let across = Float(index % 15 - 7) / 7 * eye.halfWidth
                return probe.luma(eye.centre + across, eye.middle + Float(index / 15 - 3) * 0.04)
            }
        }.max() ?? 0
    }

    /// The middle colour and thickness of the dark line at the lips' meeting, over the middle of the mouth.
    private static func line(_ geometry: FaceGeometry, _ probe: PictureProbe) -> (colour: Colour, width: Float) {
        let columns = stride(from: ColumnGrid.index(-0.7), through: ColumnGrid.index(0.7), by: 2)
        let step: Float = 0.004
        var (colours, widths): ([Colour], [Float]) = ([], [])
        for column in columns {
            let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
            let (upper, lower) = (geometry.upperInner[column], geometry.lowerInner[column])
            // an open mouth has it above
            let middle = geometry.showsTeeth ? upper : (upper + lower) / 2
            let heights = (-20...20).map { middle + Float($0) * step }
            let lumas = heights.map { probe.luma(u, $0) }
            guard let darkest = (10...30).min(by: { lumas[$0] < lumas[$1] }) else { continue }
            colours.append(probe.colour(u, heights[darkest]))
            let around = min(lumas[...darkest].max() ?? 0, lumas[darkest...].max() ?? 0)
            let limit = (lumas[darkest] + around) / 2
            var (first, last) = (darkest, darkest)
            while first > 0, lumas[first - 1] < limit { first -= 1 }
            while last < 40, lumas[last + 1] < limit { last += 1 }
            widths.append(Float(last - first + 1) * step)
        }
        return (.median(of: colours), median(widths))
    }
}

/// What a drawing's mouth is filled with: from the colour of its lips, or where it has none, what cartoons have.
private struct DrawnMouthInk {
    let cavity: Colour
    let teeth: Colour
    let tongue: Colour

    /// #7A2328 and #D8606A, what drawn mouths mostly are filled with.
    private static let (maroon, pink) = (Colour(62, 121, 166, 0), Colour(121, 120, 180, 0))

    init(skin: Colour, lip: Colour, white: Float) {
        // a drawing by night has a dark mouth too
        let light = clamp((max(skin.x, white) - 16) / 150, 0.4, 1)
        let neutral = Colour(0, 128, 128, 0)
        let isGrey = skin.chromaDistance(to: neutral) < 4 && lip.chromaDistance(to: neutral) < 6
        // red and well lighter than a line: lips; else the line itself was measured
        let hasLips = lip.z - 128 > 10 && lip.z > skin.z + 4 && lip.x > 60
        func coloured(_ plain: Colour, _ luma: Float, _ chroma: Float) -> Colour {
            if hasLips {
                return Colour(16 + luma * (lip.x - 16), 128 + chroma * (lip.y - 128), 128 + chroma * (lip.z - 128), 0)
            }
            let grey = Colour(16 + light * (plain.x - 16), 128, 128, 0)
            return isGrey ? grey : Colour(grey.x, plain.y, plain.z, 0)
        }
        cavity = coloured(Self.maroon, 0.32, 0.75)
        tongue = coloured(Self.pink, 0.95, 0.90)
        teeth = Colour(16 + light * 208, mix(128, skin.y, 0.12), mix(128, skin.z, 0.12), 0)
    }
}
