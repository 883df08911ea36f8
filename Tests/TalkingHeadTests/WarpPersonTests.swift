import Glibc
import TalkingHead
import Testing

/// A head that moves before a background that doesn't.
@Suite struct WarpPersonTests {
    private static let shape = WarpFaces.Shape(description: "plain")

    /// A person as a round head on shoulders, in a grid of 64 x 64 over the picture of 480 x 480.
    private static func mask(adding other: (SIMD2<Float>) -> Float? = { _ in nil }) -> PersonMask {
        let frame = FaceFrame(points: WarpFaces.points(shape))
        let placement = Similarity(turn: SIMD2(7.5, 0), shift: .zero)
        let cover = Grid(width: 64, height: 64) { x, y in
            let place = frame.face(placement(SIMD2(Float(x) + 0.5, Float(y) + 0.5)))
            return other(place) ?? (distance(place) < 0 ? 1 : 0)
        }
        return PersonMask(cover: cover, placement: placement)
    }

    /// How far outside of the person a place of the face is, in IOD; below 0 inside.
    private static func distance(_ place: SIMD2<Float>) -> Float {
        let head = hypotf(place.x / 1.2, (place.y + 0.75) / 1.7) - 1
        let shoulders = max(0.9 - place.y, abs(place.x) - 2.2)
        return min(head * 1.2, shoulders)
    }

    /// Places of the face and whether they changed.
    private func changes(person: PersonMask?) -> [(place: SIMD2<Float>, isChanged: Bool)] {
        let still = WarpFaces.picture(Self.shape)
        let points = WarpFaces.points(Self.shape)
        let renderer = FaceRenderer(still: still, points: points, person: person, life: .calm, seed: 1)
        let out = YUVPicture(width: still.width, height: still.height)
        var moment = Life.Moment()
        (moment.pose.x, moment.pose.roll) = (0.02, 0.01)
        renderer.render(MouthShape(), moment, into: out)
        let frame = FaceFrame(points: points)
        return (0..<still.height).flatMap { y in
            (0..<still.width).map { x in
                let offset = y * still.lumaStride + x
                return (frame.face(SIMD2(Float(x), Float(y))), out.y[offset] != still.y[offset])
            }
        }
    }

    @Test("beside a person that is known nothing changes, without one the background goes along")
    func background() {
        func moved(_ person: PersonMask?) -> (beside: Int, head: Int) {
            let seen = changes(person: person)
            return (
                // the edge is a cell of the mask, the filter and the rim wide
                seen.count { $0.isChanged && Self.distance($0.place) > 0.3 },
                seen.count { $0.isChanged && Self.distance($0.place) < -0.2 && $0.place.y < -1.2 }
            )
        }
        let (known, unknown) = (moved(Self.mask()), moved(nil))
        #expect(known.beside == 0)
        #expect(known.head > 1000)
        #expect(unknown.beside > 1000)
    }

    @Test("a head that has not moved looks as one without a known person, but for the rim")
    func rest() {
        let still = WarpFaces.picture(Self.shape)
        let points = WarpFaces.points(Self.shape)
        func rendered(_ person: PersonMask?) -> YUVPicture {
            let renderer = FaceRenderer(still: still, points: points, person: person, life: .calm, seed: 1)
            let out = YUVPicture(width: still.width, height: still.height)
            renderer.render(MouthShape(open: 0.5, wide: 0, round: 0), Life.Moment(), into: out)
            return out
        }
        let (known, unknown) = (rendered(Self.mask()), rendered(nil))
        let frame = FaceFrame(points: points)
        for pixel in known.changes(from: unknown) {
            let place = frame.face(SIMD2(Float(pixel.x), Float(pixel.y)))
            #expect(abs(Self.distance(place)) < 0.3, "\(place)")
        }
    }

    @Test("of a mask others go and holes are filled; a face that is no person says that nothing is known")
    func whole() throws {
        func isOther(_ place: SIMD2<Float>) -> Bool { abs(place.x + 2.2) < 0.3 && abs(place.y + 1) < 0.3 }
        func isHole(_ place: SIMD2<Float>) -> Bool { abs(place.x - 0.2) < 0.2 && abs(place.y + 1.7) < 0.2 }
        let mask = Self.mask { isOther($0) ? 1 : isHole($0) ? 0 : nil }
        let frame = FaceFrame(points: WarpFaces.points(Self.shape))
        let whole = try #require(mask.whole(around: [frame.pixel(.zero)]))
        #expect(whole.cover.values == Self.mask().cover.values)
        #expect(mask.whole(around: [frame.pixel(.zero), frame.pixel(SIMD2(0.2, -1.7))]) == nil)
        #expect(mask.whole(around: [SIMD2(-5, 10)]) == nil)
    }

    @Test("the astronaut is told from flag and shuttle", .enabled(if: FaceSample.isThere, "scripts/setup fetches it"))
    func astronaut() throws {
        let picture = try FaceSample.astronaut()
        let points = try #require(try FaceSample.finder().find(in: picture))
        let mask = try #require(try FaceSample.persons().mask(of: picture, around: points))
        func cover(_ x: Float, _ y: Float) -> Float { mask.cover(at: SIMD2(x, y), mask.placement.inverse) }
        for place in [(225, 30), (225, 120), (230, 190), (150, 200)] as [(Float, Float)] {
            #expect(cover(place.0, place.1) > 0.9, "\(place)")
        }
        for place in [(110, 60), (330, 60), (300, 120), (120, 20)] as [(Float, Float)] {
            #expect(cover(place.0, place.1) < 0.1, "\(place)")
        }
    }
}
