import TalkingHead
import Testing

@Suite struct WarpRendererTests {
    private let speech = MouthTrack(
        shapes: (0..<150).map { index in
            MouthShape(open: Float(index % 10) / 10, wide: Float(index % 7) / 7, round: Float(index % 13) / 13)
        })

    private func target(_ shape: WarpFaces.Shape) -> YUVPicture {
        YUVPicture(width: shape.size.width, height: shape.size.height)
    }

    @Test("the same inputs give the same picture, another seed another")
    func deterministic() {
        let shape = WarpFaces.all[0]
        let still = WarpFaces.picture(shape)
        func film(seed: UInt64) -> [[UInt8]] {
            let renderer = FaceRenderer(still: still, points: WarpFaces.points(shape), life: .lively, seed: seed)
            let out = target(shape)
            return (0..<6).map { frame in
                renderer.render(time: (Double(frame) + 0.5) / 4, track: speech, into: out)
                return out.samples
            }
        }
        let first = film(seed: 1)
        #expect(first == film(seed: 1))
        #expect(first != film(seed: 2))
    }

    @Test("without life only the mouth's region changes, nose and eyes to the sample", arguments: WarpFaces.all)
    func onlyTheMouth(shape: WarpFaces.Shape) {
        let still = WarpFaces.picture(shape)
        let points = WarpFaces.points(shape)
        let geometry = FaceGeometry(points: points)
        let renderer = FaceRenderer(still: still, points: points, life: .off, seed: 1)
        let out = target(shape)
        for mouth in WarpFaces.shapes {
            renderer.render(mouth, Life.Moment(), into: out)
            for pixel in out.changes(from: still) {
                let place = geometry.frame.face(SIMD2(Float(pixel.x), Float(pixel.y)))
                let across = abs(place.x - geometry.mouthCentre)
                #expect(across < 2.4 * geometry.mouthHalfWidth && place.y < geometry.bottom)
                #expect(place.y > geometry.noseBase - (across < 0.22 ? 0.001 : MouthWarp.cheekRise))
            }
        }
    }

    @Test("with life the picture's far background stays to the sample")
    func background() {
        let shape = WarpFaces.Shape(description: "wide", size: (720, 480), eyeDistance: 60)
        let still = WarpFaces.picture(shape)
        let frame = FaceFrame(points: WarpFaces.points(shape))
        let renderer = FaceRenderer(still: still, points: WarpFaces.points(shape), life: .lively, seed: 3)
        let out = target(shape)
        var moved = false
        for time in [0.2, 1.0, 2.5] {
            renderer.render(time: time, track: speech, into: out)
            let changes = out.changes(from: still)
            moved = moved || changes.contains { frame.face(SIMD2(Float($0.x), Float($0.y))).y < -1.2 }
            for pixel in changes {
                #expect(abs(frame.face(SIMD2(Float(pixel.x), Float(pixel.y))).x) < 2.7)
            }
        }
        #expect(moved)
    }

    @Test("an open mouth is dark inside, a shut one is not")
    func cavity() {
        let shape = WarpFaces.all[0]
        let still = WarpFaces.picture(shape)
        let points = WarpFaces.points(shape)
        let renderer = FaceRenderer(still: still, points: points, life: .off, seed: 1)
        let frame = FaceFrame(points: points)
        let out = target(shape)
        func luma(open: Float) -> Float {
            renderer.render(MouthShape(open: open), Life.Moment(), into: out)
            // the middle of the gap, below the upper teeth
            return PictureProbe(picture: out, frame: frame).luma(0, 0.11)
        }
        #expect(luma(open: 0) > 100)
        #expect(luma(open: 1) < 90)
    }

    @Test("a blink hides the eye; without eyes given there is none")
    func blink() {
        let shape = WarpFaces.all[0]
        let still = WarpFaces.picture(shape)
        var points = WarpFaces.points(shape)
        let frame = FaceFrame(points: points)
        let eye = frame.face(points.leftEye)
        // an iris to hide
        let centre = points.leftEye
        for y in -5...5 {
            for x in -5...5 { still.y[(Int(centre.y) + y) * still.lumaStride + Int(centre.x) + x] = 30 }
        }
        func luma() -> Float {
            let renderer = FaceRenderer(still: still, points: points, life: .off, seed: 1)
            let out = target(shape)
            renderer.render(MouthShape(), Life.Moment(blink: 1), into: out)
            return PictureProbe(picture: out, frame: frame).luma(eye.x, eye.y)
        }
        #expect(luma() > 120)
        points.origin = .sidecar(hasEyes: false, chin: nil)
        #expect(luma() < 40)
    }
}
