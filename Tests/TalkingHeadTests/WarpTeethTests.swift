import TalkingHead
import Testing

@Suite struct WarpTeethTests {
    /// A mouth whose teeth and lips have these colours; `edge` of the way down between the lips the teeth end.
    private struct Mouth: Sendable, CustomStringConvertible {
        var description: String
        var teeth: Colour
        var lip = Colour(130, 112, 160, 0)
        var edge: Float = 1
        var isOpen = true
    }

    private static let shape = WarpFaces.all[2]

    private static let mouths: [Mouth] = [
        Mouth(description: "white", teeth: Colour(200, 124, 132, 0)),
        Mouth(description: "yellow, as dark as the lips", teeth: Colour(136, 105, 147, 0)),
        Mouth(description: "in pale lips", teeth: Colour(150, 122, 134, 0), lip: Colour(150, 116, 144, 0)),
        Mouth(
            description: "none: lips that shut where landmarks see a gap", teeth: Colour(126, 112, 160, 0),
            isOpen: false),
    ]

    private func picture(_ mouth: Mouth) -> YUVPicture {
        let picture = WarpFaces.picture(Self.shape)
        let geometry = FaceGeometry(points: WarpFaces.points(Self.shape))
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let place = geometry.frame.face(SIMD2(Float(x), Float(y)))
                let t = (place.x - geometry.mouthCentre) / geometry.mouthHalfWidth
                guard abs(t) < 1 else { continue }
                let column = ColumnGrid.index(t)
                let (top, bottom) = (geometry.upperInner[column], geometry.lowerInner[column])
                guard (geometry.upperOuter[column]..<geometry.lowerOuter[column]).contains(place.y) else { continue }
                let isBetween = (top..<bottom).contains(place.y)
                let isTooth = place.y < top + mouth.edge * (bottom - top)
                let colour = isBetween ? isTooth ? mouth.teeth : Colour(28, 124, 134, 0) : mouth.lip
                picture.y[y * picture.lumaStride + x] = UInt8(colour.x)
                picture.u[y / 2 * picture.chromaStride + x / 2] = UInt8(colour.y)
                picture.v[y / 2 * picture.chromaStride + x / 2] = UInt8(colour.z)
            }
        }
        return picture
    }

    @Test("teeth are told from lips by this mouth's own colours", arguments: mouths)
    private func recognition(mouth: Mouth) {
        let truth = FaceGeometry(points: WarpFaces.points(Self.shape))
        var geometry = truth
        MouthLine.refine(&geometry, in: picture(mouth))
        #expect(geometry.showsTeeth == mouth.isOpen)
        #expect(geometry.hasOwnTeeth == mouth.isOpen)
        guard mouth.isOpen else { return }
        for index in ColumnGrid.index(-0.6)...ColumnGrid.index(0.6) {
            // half a pixel and the edge's blur to the outside
            #expect(abs(geometry.upperInner[index] - truth.upperInner[index]) < 0.03)
            #expect(abs(geometry.lowerInner[index] - truth.lowerInner[index]) < 0.03)
        }
    }

    /// Luma of the widest mouth at a place of the face.
    private func drawn(_ mouth: Mouth) -> (Float, Float) -> Float {
        let still = picture(mouth)
        let points = WarpFaces.points(Self.shape)
        let out = YUVPicture(width: still.width, height: still.height)
        FaceRenderer(still: still, points: points, life: .off, seed: 1)
            .render(MouthShape(open: 1), Life.Moment(), into: out)
        return PictureProbe(picture: out, frame: FaceGeometry(points: points).frame).luma
    }

    @Test("teeth that the lower lip hid go on below it, so that they don't end in a bowl")
    func arch() {
        let luma = drawn(Self.mouths[0])
        // in the still the lower lip lies at 0.09 in the middle and at 0.05 here
        let aside: Float = 0.65 * Self.shape.halfWidth
        #expect(luma(0, 0.05) > 150)
        #expect(luma(aside, 0.055) > 110)
        #expect(luma(-aside, 0.055) > 110)
        #expect(luma(0, 0.13) < 100, "and end where the lower lip was")
    }

    @Test("teeth whose edge the picture shows end there")
    func shownEdge() {
        var mouth = Self.mouths[0]
        mouth.edge = 0.5
        let luma = drawn(mouth)
        #expect(luma(0, -0.04) > 150)
        #expect(luma(0, 0.05) < 100)
    }

    @Test("a grey picture's mouth is grey inside")
    func grey() {
        let still = WarpFaces.picture(WarpFaces.all[0])
        for index in 0..<still.chromaHeight * still.chromaStride { (still.u[index], still.v[index]) = (128, 128) }
        let out = YUVPicture(width: still.width, height: still.height)
        FaceRenderer(still: still, points: WarpFaces.points(WarpFaces.all[0]), life: .off, seed: 1)
            .render(MouthShape(open: 1), Life.Moment(), into: out)
        for row in 0..<out.chromaHeight {
            for column in 0..<out.chromaWidth {
                #expect(abs(Int(out.u[row * out.chromaStride + column]) - 128) <= 1)
                #expect(abs(Int(out.v[row * out.chromaStride + column]) - 128) <= 1)
            }
        }
    }
}
