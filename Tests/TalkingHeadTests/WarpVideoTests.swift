import TalkingHead
import Testing

@Suite struct WarpVideoTests {
    private func renderer(_ shapes: [WarpFaces.Shape], weights: [Float]) -> VideoFaceRenderer {
        VideoFaceRenderer(
            faces: zip(shapes, weights).map { shape, weight in
                guard weight >= 0 else { return nil }
                let points = WarpFaces.points(shape)
                let lips = LipEdges(in: WarpFaces.picture(shape), points)
                return TrackedFace(points: points, weight: weight, lips: lips)
            })
    }

    @Test("a frame without a face is shown as it is, a fading one half way")
    func fade() {
        let shape = WarpFaces.all[2]
        let source = WarpFaces.picture(shape)
        let frames: [Float] = [1, -1, 0, 0.02]
        let renderer = renderer(frames.map { _ in shape }, weights: frames)
        let out = YUVPicture(width: shape.size.width, height: shape.size.height)
        func changes(_ index: Int) -> Int {
            renderer.render(index, source: source, shape: MouthShape(open: 1), into: out)
            return out.changes(from: source).count
        }
        #expect(changes(0) > 500)
        #expect(changes(1) == 0)
        #expect(changes(2) == 0)
        #expect(changes(3) < changes(0))
        #expect(changes(99) == 0)
    }

    @Test("a video's own speech goes: frames with other mouths get the same new one")
    func oldSpeech() {
        let frames = [WarpFaces.all[0], WarpFaces.all[2]]
        let renderer = renderer(frames, weights: [1, 1])
        for (index, shape) in frames.enumerated() {
            let out = YUVPicture(width: shape.size.width, height: shape.size.height)
            let points = WarpFaces.points(shape)
            renderer.render(index, source: WarpFaces.picture(shape), shape: MouthShape(), into: out)
            // lips, not teeth
            #expect(PictureProbe(picture: out, frame: FaceFrame(points: points)).luma(0, 0.01) < 150)
        }
    }

    @Test("a mouth that is rounded by its old speech gets its width at rest, a smile within reason keeps its own")
    func width() {
        var geometry = FaceGeometry(points: WarpFaces.points(WarpFaces.all[0]))
        MouthLine.refine(&geometry, in: WarpFaces.picture(WarpFaces.all[0]))
        func width(rest: Float) -> Float {
            let half = geometry.mouthHalfWidth * rest
            let field = ColumnField(geometry: geometry, restGap: 0, restHalfWidth: half)
            field.shape(MouthShape(), share: 1)
            return field.width
        }
        #expect(abs(width(rest: 1) - 1) < 1e-5)
        #expect(abs(width(rest: 1.1) - 1.1) < 1e-4)
        #expect(width(rest: 3) < 1.2)
    }

    @Test("edges that shake are steadied, a mouth that opens stays open")
    func steadyLips() {
        // the line between the lips goes up and down by 0.6 pixels; in frame 6 the mouth stands open
        let seen = (0..<12).map { frame in
            var shape = WarpFaces.all[0]
            shape.mouthDrop += frame % 2 == 0 ? 0.0065 : -0.0065
            if frame == 6 { shape.gap = 0.18 }
            return LipEdges(in: WarpFaces.picture(shape), WarpFaces.points(WarpFaces.all[frame == 6 ? 2 : 0]))
        }
        let edges = LipTrack.steadied(seen).compactMap { $0 }
        #expect(edges.count == 12)
        #expect(edges[6].greatestGap > 0.15)
        let middles = [1, 2, 3, 9, 10].map { edges[$0].upper[16] }
        #expect((middles.max() ?? 1) - (middles.min() ?? 0) < 0.006)
        // what teeth hang from does not follow the mouth
        #expect(abs(edges[6].rest[16] - edges[5].rest[16]) < 0.01)
    }

    @Test("edges stay where they are in the picture when other points tell them")
    func movedLips() {
        let shape = WarpFaces.all[2]
        let points = WarpFaces.points(shape)
        let edges = LipEdges(in: WarpFaces.picture(shape), points)
        #expect(Self.distance(edges, edges.moved(from: points.points, to: points.points)) < 0.002)
        // a pixel up, turned by a degree and 1 % larger
        let noise = Similarity.turning(degrees: 1, scale: 1.01)
        let centre = points.points[33]
        let others = points.points.map { noise($0 - centre) + centre - SIMD2(0, 1) }
        let there = edges.moved(from: points.points, to: others)
        #expect(Self.distance(edges, there) > 0.003)
        let (here, frame) = (FaceFrame(points: points), FaceFrame(points: FacePoints(points: others, origin: .found)))
        let middle = (edges.upper[15] + edges.upper[16]) / 2
        let v = frame.face(here.pixel(SIMD2(0, middle))).y
        #expect(abs((there.upper[15] + there.upper[16]) / 2 - v) < 0.004)
        #expect(Self.distance(edges, there.moved(from: others, to: points.points)) < 0.01)
    }

    private static func distance(_ one: LipEdges, _ other: LipEdges) -> Float {
        let ends = 2..<30
        let distances = ends.map { max(abs(one.upper[$0] - other.upper[$0]), abs(one.lower[$0] - other.lower[$0])) }
        return distances.max() ?? 0
    }

    @Test("a thin strip of teeth is cut off the lower lip, gloss further down is not", arguments: [true, false])
    func thinTeeth(isTeeth: Bool) {
        let shape = WarpFaces.all[7]
        let picture = WarpFaces.picture(shape)
        var geometry = FaceGeometry(points: WarpFaces.points(shape))
        let line = geometry.upperInner[ColumnGrid.count / 2]
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let place = geometry.frame.face(SIMD2(Float(x), Float(y)))
                let t = (place.x - geometry.mouthCentre) / geometry.mouthHalfWidth
                guard abs(t) < 0.7 else { continue }
                let below = place.y - geometry.upperInner[ColumnGrid.index(t)]
                // as bright as teeth and as red as lips, for chroma is coarse
                if isTeeth ? (0.013..<0.035).contains(below) : (0.06..<0.08).contains(below) {
                    picture.y[y * picture.lumaStride + x] = 205
                }
            }
        }
        MouthLine.refine(&geometry, in: picture)
        #expect(!geometry.showsTeeth)
        let lower = geometry.lowerInner[ColumnGrid.count / 2]
        #expect(isTeeth ? lower > line + 0.03 : lower < line + 0.01)
    }
}
