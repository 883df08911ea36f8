import TalkingHead
import Testing

@Suite struct WarpDrawingTests {
    /// An eye as cartoons have it, in pixels about its middle.
    enum EyeKind: String, CaseIterable, Sendable {
        case dot, outlined

        /// Luma at a place; nil outside of the eye.
        func luma(_ x: Float, _ y: Float) -> UInt8? {
            switch self {
            case .dot: x * x / 100 + y * y / 324 < 1 ? 25 : nil
            case .outlined:
                if x * x + y * y < 64 {
                    30
                } else if x * x / 400 + y * y / 144 < 1 {
                    230
                } else if y < 0,
                    x * x / 576 + y * y / 256 < 1
                {
                    40
                } else {
                    nil
                }
            }
        }
    }

    private static let skin: UInt8 = 170
    private static let line: UInt8 = 40
    private static let fill: UInt8 = 65

    private let shape: WarpFaces.Shape = {
        var shape = WarpFaces.Shape(description: "drawing", lip: 0.03)
        shape.isDrawing = true
        return shape
    }()

    /// Skin everywhere, two eyes, a line for a mouth, or a mouth that stands so far open, in IOD.
    private func drawing(_ kind: EyeKind, open: Float = 0) -> YUVPicture {
        let picture = YUVPicture(width: shape.size.width, height: shape.size.height)
        let points = WarpFaces.points(shape)
        let (eyes, geometry) = ([points.leftEye, points.rightEye], FaceGeometry(points: points))
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let pixel = SIMD2(Float(column), Float(row))
                let place = geometry.frame.face(pixel)
                let across = (place.x - geometry.mouthCentre) / geometry.mouthHalfWidth
                let bottom = open * (1 - across * across) + 0.03
                let mouth = abs(across) < 1 && place.y > -0.03 && place.y < bottom
                let fill = mouth && place.y > 0 && place.y < bottom - 0.03 ? Self.fill : Self.line
                let eye = eyes.lazy.compactMap { kind.luma(pixel.x - $0.x, pixel.y - $0.y) }.first
                picture.y[row * picture.lumaStride + column] = eye ?? (mouth ? fill : Self.skin)
                picture.u[row / 2 * picture.chromaStride + column / 2] = 112
                picture.v[row / 2 * picture.chromaStride + column / 2] = 148
            }
        }
        return picture
    }

    private func rendered(_ still: YUVPicture, _ mouth: MouthShape, _ moment: Life.Moment) -> YUVPicture {
        let renderer = FaceRenderer(still: still, points: WarpFaces.points(shape), life: .off, seed: 1)
        let out = YUVPicture(width: still.width, height: still.height)
        renderer.render(mouth, moment, into: out)
        return out
    }

    /// Lumas of the square around an eye.
    private func patch(_ picture: YUVPicture, _ centre: SIMD2<Float>) -> [UInt8] {
        (-24...24).flatMap { y in
            (-30...30).map { x in picture.y[(Int(centre.y) + y) * picture.lumaStride + Int(centre.x) + x] }
        }
    }

    @Test("a shut eye is one thin line in skin, whatever the eye was like", arguments: EyeKind.allCases)
    func shutEye(kind: EyeKind) {
        let still = drawing(kind)
        let shut = rendered(still, MouthShape(), Life.Moment(blink: 1))
        for eye in [WarpFaces.points(shape).leftEye, WarpFaces.points(shape).rightEye] {
            let (before, after) = (patch(still, eye), patch(shut, eye))
            #expect(after.max() ?? 255 <= Self.skin + 2)
            let dark = after.count { $0 < 100 }
            #expect(dark > 20 && dark < 49 * 6)
            #expect(before.count { $0 != Self.skin } > after.count { $0 < Self.skin - 10 })
        }
    }

    @Test("a mouth that is drawn open shuts to one line and opens again")
    func openMouth() {
        let still = drawing(.dot, open: 0.4)
        let frame = FaceFrame(points: WarpFaces.points(shape))
        /// How much of the line down the middle of the mouth isn't skin, in IOD.
        func height(_ picture: YUVPicture) -> Float {
            let places = (0..<80).map { frame.pixel(SIMD2(0, -0.2 + 0.01 * Float($0))) }
            let other = places.count {
                let luma = picture.y[Int($0.y + 0.5) * picture.lumaStride + Int($0.x + 0.5)]
                return abs(Int(luma) - Int(Self.skin)) > 40
            }
            return 0.01 * Float(other)
        }
        #expect(height(still) > 0.4)
        let shut = height(rendered(still, MouthShape(), Life.Moment()))
        #expect(shut > 0.01 && shut < 0.08)
        #expect(height(rendered(still, MouthShape(open: 0.8, wide: 0, round: 0), Life.Moment())) > 0.15)
    }

    @Test("lids come down evenly and change nothing beside the eyes", arguments: EyeKind.allCases)
    func halfShut(kind: EyeKind) {
        let still = drawing(kind)
        let eyes = [WarpFaces.points(shape).leftEye, WarpFaces.points(shape).rightEye]
        let hidden = [0.25, 0.5, 0.75, 1].map { blink in
            patch(rendered(still, MouthShape(), Life.Moment(blink: blink)), eyes[0]).count { $0 > Self.skin - 3 }
        }
        // all but the line itself at the end
        #expect(zip(hidden, hidden.dropFirst()).allSatisfy { $1 > $0 - 20 })
        for pixel in rendered(still, MouthShape(), Life.Moment(blink: 1)).changes(from: still) where pixel.y < 230 {
            #expect(eyes.contains { abs($0.x - Float(pixel.x)) < 34 && abs($0.y - Float(pixel.y)) < 26 })
        }
    }

    @Test("an eye that runs into hair or glasses is left alone")
    func unbounded() {
        let still = drawing(.dot)
        let eye = WarpFaces.points(shape).leftEye
        for y in -60...60 {
            for x in -90..<0 { still.y[(Int(eye.y) + y) * still.lumaStride + Int(eye.x) + x] = 30 }
        }
        let out = rendered(still, MouthShape(), Life.Moment(blink: 1))
        #expect(patch(out, eye) == patch(still, eye))
    }

    @Test("an open mouth has the drawing's line around it and even colours within")
    func mouth() {
        let still = drawing(.dot)
        let out = rendered(still, MouthShape(open: 1), Life.Moment())
        let frame = FaceFrame(points: WarpFaces.points(shape))
        let middle = (0..<90).map { PictureProbe(picture: out, frame: frame).colour(0, Float($0) / 300 - 0.05).x }
        let lines = middle.indices.filter { abs(middle[$0] - Float(Self.line)) < 6 }
        #expect(lines.count > 8)
        // teeth, mouth and tongue: the lumas are a few, each in a row
        let inside = middle[(lines.first ?? 0)...(lines.last ?? 0)]
        #expect(zip(inside, inside.dropFirst()).count { abs($0 - $1) < 1 } > inside.count / 2)
    }

    @Test("even colours are told from skin")
    func kind() {
        let points = WarpFaces.points(shape)
        let still = drawing(.outlined)
        #expect(FlatInk.kind(of: still, points) == .drawing)
        var noise = SeededRandom(seed: 1)
        for index in 0..<still.lumaStride * still.height {
            still.y[index] = UInt8(clamping: Int(Float(still.y[index]) + 12 * noise.unit()))
        }
        #expect(FlatInk.kind(of: still, points) == .photo)
    }
}
