/// Where the parts of a face lie, in its own frame, and the four lip curves over the columns of the warp.
package struct FaceGeometry: Sendable {
    package let frame: FaceFrame
    /// u of the mouth's middle and half its width.
    package let mouthCentre: Float
    package let mouthHalfWidth: Float
    /// Where the lips' middle lies between the corners, -1...1: off 0 in a face that is turned, whose far half is shorter.
    package let lipMiddle: Float
    /// u of the line between the front teeth.
    package let midline: Float
    /// v that the warp never rises above near the midline; the chin; where the chin's movement has died away.
    package let noseBase: Float
    package let chin: Float
    package let bottom: Float
    package let jawHalfWidth: Float
    /// Where sideways moves have died away to the viewer's left and right, in half mouth widths: before the edge of the
    /// jaw, which would narrow. In a face that is turned it is near on the far side.
    package let sidewaysEnd: (left: Float, right: Float)
    /// The narrowest that the mouth can get without folding the cheek beside it.
    package var narrowest: Float {
        // the fade's steepest part is 1.5 times its mean, in its middle; over a third of the slope is left
        let (start, end): (Float, Float) = (Self.sidewaysStart, min(sidewaysEnd.left, sidewaysEnd.right))
        let steepest = (start + end) / 2 * 1.5 / (end - start) - 0.5
        return 1 / (1 + 0.60 / steepest)
    }
    /// Sideways moves begin to fade here, in half mouth widths.
    package static let sidewaysStart: Float = 0.80
    /// How much the chin follows the lower lip: less on drawings, whose round chins would get pointed.
    package let chinFollow: Float
    /// A drawing: even colours and lines, no light and shade.
    package let isDrawing: Bool
    package let eyes: [EyeShape]

    /// The source's lip curves, v at each column of `ColumnGrid`.
    package var upperInner: [Float]
    package var lowerInner: [Float]
    package var upperOuter: [Float]
    package var lowerOuter: [Float]
    /// The mouth of the picture stands open, teeth or cavity are to be seen.
    package var showsTeeth = false
    /// Most of what is to be seen in it is teeth.
    package var hasOwnTeeth = false

    /// Where the lips would meet, over the columns: what the upper teeth hang from.
    var restLine: [Float] { steadyRestLine ?? zip(upperInner, gap).map { $0 + Self.upperLipFall($1) } }
    /// How far the upper lip comes down when lips shut that stand open by `gap`, in IOD: it takes a part of a smile, and
    /// hardly any of what the jaw opens.
    @inline(__always)
    static func upperLipFall(_ gap: Float) -> Float { 0.30 * min(gap, 0.16) + 0.10 * max(0, gap - 0.16) }
    /// Of a video, whose frames' own lines would shake the teeth.
    var steadyRestLine: [Float]?

    /// How much higher than in a mouth at rest the corners are, in IOD; 0 in drawings, whose smiles belong to them.
    package var smile: Float {
        guard !isDrawing else { return 0 }
        let line = restLine
        let corners = (line[ColumnGrid.index(-1)] + line[ColumnGrid.index(1)]) / 2
        // a mouth at rest bows as much
        return clamp(line[ColumnGrid.count / 2] - corners - 0.045, 0, 0.10)
    }

    /// Between the inner lip curves.
    func gap(at column: Int) -> Float { lowerInner[column] - upperInner[column] }
    package var gap: [Float] { zip(lowerInner, upperInner).map { $0 - $1 } }
    package var greatestGap: Float { gap.max() ?? 0 }
    /// The gap that lips alone make, without the jaw: what a smile shows of teeth; a mouth that is wider open hangs.
    package var smileGap: Float { min(greatestGap, 0.16) }

    /// A column's place as seen from in front: 0 at the lips' middle, 1 and -1 at the corners.
    ///
    /// Of a mouth seen from the side its near half takes more of the columns: the projective map that keeps the corners.
    package func frontal(_ t: Float) -> Float {
        let inside = clamp(t, -1, 1)
        return (inside - lipMiddle) / (1 - lipMiddle * inside) + t - inside
    }

    /// The v above which nothing moves at a place `across` from the mouth's middle: higher in the cheeks than at the nose,
    /// for a fade that ends hard beside the nose shows a crease.
    @inline(__always)
    package func ceiling(_ across: Float) -> Float {
        noseBase - MouthWarp.cheekRise * smoothstep(0.22, 0.55, abs(across))
    }

    /// Share of the lower lip's way that the chin goes with, in photographs.
    private static let photographChin: Float = 0.62
    private static let drawingChin: Float = 0.25

    package init(points: FacePoints) {
        let frame = FaceFrame(points: points)
        let p = points.points.map(frame.face)
        self.frame = frame
        mouthCentre = (p[48].x + p[54].x) / 2
        let halfWidth = Self.halfWidth(p[48], p[54])
        mouthHalfWidth = halfWidth
        midline = (p[33].x + p[51].x + p[57].x + p[8].x * 0.5) / 3.5
        let lips = (p[51].x + p[57].x + p[62].x + p[66].x) / 4
        lipMiddle = clamp((lips - mouthCentre) / halfWidth, -0.35, 0.35)
        chin = max(p[8].y, p[57].y + 0.15)
        // a drawing's neck and collar are lines, which must not go along
        bottom = chin + (points.kind == .drawing ? 0.30 : 0.60)
        jawHalfWidth = clamp((p[12].x - p[4].x) / 2, 0.8, 1.3)
        sidewaysEnd = (
            Self.sidewaysEnd(mouthCentre - p[4].x, halfWidth), Self.sidewaysEnd(p[12].x - mouthCentre, halfWidth)
        )
        eyes = [EyeShape(points: p, first: 36, brow: 17), EyeShape(points: p, first: 42, brow: 22)]
        isDrawing = points.kind == .drawing
        chinFollow = clamp(points.chin ?? (isDrawing ? Self.drawingChin : Self.photographChin), 0, 1)

        let (left, right) = (p[48], p[54])
        let upperLine = LipCurve([left] + p[60...64] + [right])
        let lowerLine = LipCurve([left, p[60]] + p[64...67] + [right])
        let (upperEdge, lowerEdge) = (LipCurve(Array(p[48...54])), LipCurve([left] + p[55...59] + [right]))
        (upperInner, lowerInner, upperOuter, lowerOuter) = ([], [], [], [])
        for t in ColumnGrid.positions {
            let u = (left.x + right.x) / 2 + t * halfWidth
            let (upper, lower) = (upperLine[u], lowerLine[u])
            // crossing inner curves are a closed mouth
            let middle = (upper + lower) / 2
            upperInner.append(min(upper, middle))
            lowerInner.append(max(lower, middle))
            upperOuter.append(min(upperEdge[u], upper, middle))
            lowerOuter.append(max(lowerEdge[u], lower, middle))
        }
        let lipTop = upperOuter.min() ?? 0
        noseBase = min(p[33].y + 0.02, lipTop - 0.06)
    }

    private static func sidewaysEnd(_ jaw: Float, _ halfWidth: Float) -> Float {
        clamp(0.88 * jaw / halfWidth, 1.4, 2.3)
    }

    /// Without all the rest.
    static func mouthHalfWidth(of points: FacePoints) -> Float {
        let frame = FaceFrame(points: points)
        return halfWidth(frame.face(points.points[48]), frame.face(points.points[54]))
    }

    private static func halfWidth(_ left: SIMD2<Float>, _ right: SIMD2<Float>) -> Float {
        max(0.15, (right.x - left.x) / 2)
    }

    /// The lower inner curve without the lip's bow, which goes away as the mouth opens.
    package var lowerInnerSmoothed: [Float] {
        let reach = Int(0.30 / ColumnGrid.step)
        let weights = (-reach...reach).map { 1 - abs(Float($0)) / Float(reach + 1) }
        return lowerInner.smoothed(weights)
    }

    /// Keeps the outer curves outside the inner ones after these were moved.
    package mutating func separateLips() {
        let least: Float = 0.01
        for index in ColumnGrid.indices {
            upperOuter[index] = min(upperOuter[index], upperInner[index] - least)
            lowerOuter[index] = max(lowerOuter[index], lowerInner[index] + least)
        }
    }
}

/// The columns of the warp: 257 values of t = (u - middle of the mouth) / half its width.
package enum ColumnGrid {
    package static let count = 257
    /// How far the columns reach, in half mouth widths.
    package static let reach: Float = 2.4
    package static let step = 2 * reach / Float(count - 1)
    package static let indices = 0..<count
    package static let positions: [Float] = indices.map { -reach + step * Float($0) }

    /// The column at or before t.
    package static func index(_ t: Float) -> Int {
        min(count - 1, max(0, Int((t + reach) / step)))
    }
}
