import TalkingHead
import Testing

@Suite struct WarpRandomTests {
    /// Faces of all kinds and sizes, tilted and turned, from a fixed seed.
    private static let faces: [WarpFaces.Shape] = {
        var state: UInt32 = 20
        func random(_ low: Float, _ high: Float) -> Float {
            state = state &* 1_664_525 &+ 1_013_904_223
            return low + (high - low) * Float(state >> 8) / Float(1 << 24)
        }
        return (0..<40).map { number in
            WarpFaces.Shape(
                description: "face \(number)", size: (320, 320), eyeDistance: random(18, 90), tilt: random(-0.5, 0.5),
                mouthDrop: random(0.84, 1.25), halfWidth: random(0.24, 0.62), gap: max(0, random(-0.2, 0.25)),
                lip: random(0.04, 0.17), chinDrop: random(0.32, 0.95), turn: random(-0.5, 0.5),
                smile: random(-0.05, 0.15), isDrawing: number % 5 == 4)
        }
    }()

    private func geometry(_ shape: WarpFaces.Shape) -> FaceGeometry {
        var geometry = FaceGeometry(points: WarpFaces.points(shape))
        MouthLine.refine(&geometry, in: WarpFaces.picture(shape))
        return geometry
    }

    @Test("the map never folds: of one pixel drawn at least a tenth of a source pixel is seen", arguments: faces)
    func noFolds(shape: WarpFaces.Shape) {
        let geometry = geometry(shape)
        let field = ColumnField(geometry: geometry, restGap: geometry.greatestGap, smile: geometry.smile)
        for mouth in WarpFaces.shapes {
            field.shape(mouth, share: 1)
            let slopes = MouthWarp(geometry: geometry, field: field).leastSlopes()
            #expect(slopes.sideways >= 0.1, "\(mouth)")
            #expect(slopes.down >= 0.1, "\(mouth)")
        }
    }

    @Test("outside the mouth's stated region not one sample changes", arguments: faces)
    func region(shape: WarpFaces.Shape) {
        let still = WarpFaces.picture(shape)
        let points = WarpFaces.points(shape)
        let geometry = FaceGeometry(points: points)
        let renderer = FaceRenderer(still: still, points: points, life: .off, seed: 1)
        let out = YUVPicture(width: shape.size.width, height: shape.size.height)
        for mouth in [MouthShape(), MouthShape(open: 1, wide: 1), MouthShape(open: 0.4, round: 1)] {
            renderer.render(mouth, Life.Moment(), into: out)
            let outside = out.changes(from: still).filter { pixel in
                let place = geometry.frame.face(SIMD2(Float(pixel.x), Float(pixel.y)))
                let across = place.x - geometry.mouthCentre
                return abs(across) >= 2.4 * geometry.mouthHalfWidth || place.y >= geometry.bottom
                    || place.y < geometry.ceiling(across) - 0.001
            }
            #expect(outside.isEmpty, "\(mouth)")
        }
    }
}
