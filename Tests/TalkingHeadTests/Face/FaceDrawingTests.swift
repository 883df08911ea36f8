import TalkingHead
import Testing

@Suite struct FaceDrawingTests {
    @Test("points are drawn where they are, and nothing elsewhere")
    func points() throws {
        let face = try FaceSample.drawnFace()
        let picture = YUVPicture.plain(400, 400)
        draw(face, on: picture)
        for point in face.points {
            #expect(picture.y[Int(point.y.rounded()) * picture.lumaStride + Int(point.x.rounded())] != 110)
        }
        for (x, y) in [(5, 5), (200, 100), (395, 200), (200, 390), (150, 220)] {
            #expect(picture.y[y * picture.lumaStride + x] == 110)
        }
    }

    @Test("a face beyond the border is drawn as far as it is seen", arguments: [-150, 380, 100_000, Float.nan])
    func border(shift: Float) throws {
        var face = try FaceSample.drawnFace()
        face.points = face.points.map { $0 + SIMD2(shift, 0) }
        let picture = YUVPicture.plain(400, 400)
        draw(face, on: picture)
        #expect(picture.y[399 * picture.lumaStride] == 110)
    }
}
