import Glibc
import TalkingHead
import Testing

@Suite struct WarpMapTests {
    private func geometry(_ shape: WarpFaces.Shape) -> FaceGeometry {
        var geometry = FaceGeometry(points: WarpFaces.points(shape))
        MouthLine.refine(&geometry, in: WarpFaces.picture(shape))
        return geometry
    }

    @Test("the map never folds, whatever face and mouth", arguments: WarpFaces.all)
    func noFolds(shape: WarpFaces.Shape) throws {
        let geometry = geometry(shape)
        let field = ColumnField(geometry: geometry, restGap: geometry.greatestGap)
        for mouth in WarpFaces.shapes {
            field.shape(mouth, share: 1)
            let slopes = MouthWarp(geometry: geometry, field: field).leastSlopes()
            #expect(slopes.sideways >= 0.1, "\(mouth)")
            #expect(slopes.down >= 0.1, "\(mouth)")
        }
    }

    @Test("a shut mouth is shut, whatever the picture's mouth does", arguments: WarpFaces.all)
    func neutralIsClosed(shape: WarpFaces.Shape) {
        let geometry = geometry(shape)
        let field = ColumnField(geometry: geometry, restGap: geometry.greatestGap)
        field.shape(MouthShape(), share: 1)
        for index in ColumnGrid.indices {
            let column = field.columns[index].moved
            #expect(abs(column[1] - column[0]) < 0.005)
        }
    }

    @Test("lips open as far as the shape says", arguments: [Float(0.2), 0.6, 1])
    func gap(open: Float) {
        for shape in WarpFaces.all where shape.description != "small mouth, short chin" {
            let geometry = geometry(shape)
            let field = ColumnField(geometry: geometry, restGap: geometry.greatestGap)
            field.shape(MouthShape(open: open), share: 1)
            let middle = field.columns[ColumnGrid.count / 2].moved
            #expect(abs(middle[1] - middle[0] - 0.25 * open) < 0.05, "\(shape)")
        }
    }

    @Test("with no share of the new mouth, every place is taken from itself")
    func noShare() {
        let geometry = geometry(WarpFaces.all[2])
        let field = ColumnField(geometry: geometry, restGap: 0)
        field.shape(MouthShape(open: 1, wide: 0, round: 1), share: 0)
        let warp = MouthWarp(geometry: geometry, field: field)
        for v in stride(from: Float(-0.6), to: 1.2, by: 0.05) {
            for u in stride(from: Float(-0.9), to: 0.9, by: 0.05) {
                guard let place = warp.place(u, v) else { continue }
                #expect(abs(place.source.x - u) < 1e-4 && abs(place.source.y - v) < 1e-4)
            }
        }
    }

    @Test("a drawing's chin follows less than a photograph's")
    func chin() {
        func move(_ kind: FacePoints.Kind, chin: Float? = nil) -> Float {
            var points = WarpFaces.points(WarpFaces.all[0])
            (points.origin, points.kind) = (.sidecar(hasEyes: false, chin: chin), kind)
            let field = ColumnField(geometry: FaceGeometry(points: points), restGap: 0)
            field.shape(MouthShape(open: 1), share: 1)
            return field.columns[ColumnGrid.count / 2].moved[6]
        }
        #expect(move(.drawing) < 0.5 * move(.photo))
        #expect(move(.photo, chin: 0) == 0)
        #expect(move(.drawing, chin: 0.62) == move(.photo))
    }

    @Test("the line between shut lips is found where landmarks are off", arguments: [Float(-0.04), 0.03])
    func mouthLine(error: Float) {
        let shape = WarpFaces.all[0]
        let truth = FaceGeometry(points: WarpFaces.points(shape))
        var points = WarpFaces.points(shape)
        for index in 60..<68 { points.points[index].y += error * shape.eyeDistance }
        var geometry = FaceGeometry(points: points)
        MouthLine.refine(&geometry, in: WarpFaces.picture(shape))
        #expect(!geometry.showsTeeth)
        for index in ColumnGrid.index(-0.7)...ColumnGrid.index(0.7) {
            #expect(abs(geometry.upperInner[index] - truth.upperInner[index]) < 0.015)
        }
    }

    @Test("teeth make an open mouth, a gap between landmarks alone does not")
    func openMouth() {
        let open = WarpFaces.all[2]
        #expect(geometry(open).showsTeeth)
        var drawn = FaceGeometry(points: WarpFaces.points(open))
        // the same landmarks on a picture whose lips are shut
        MouthLine.refine(&drawn, in: WarpFaces.picture(WarpFaces.all[0]))
        #expect(!drawn.showsTeeth)
        #expect(drawn.greatestGap == 0)
    }

    @Test("lips are cut at the teeth where landmarks are too narrow")
    func openLips() {
        let shape = WarpFaces.all[2]
        let truth = FaceGeometry(points: WarpFaces.points(shape))
        var narrow = shape
        narrow.gap = 0.13
        var geometry = FaceGeometry(points: WarpFaces.points(narrow))
        MouthLine.refine(&geometry, in: WarpFaces.picture(shape))
        let middle = ColumnGrid.count / 2
        #expect(abs(geometry.upperInner[middle] - truth.upperInner[middle]) < 0.025)
        #expect(abs(geometry.lowerInner[middle] - truth.lowerInner[middle]) < 0.025)
    }

    @Test("the cheapest path goes through the dark, not by steps")
    func path() {
        let costs: [[Float]] = [[9, 1, 9, 9], [9, 9, 1, 9], [9, 9, 9, 1], [9, 9, 1, 9]]
        #expect(MouthLine.cheapestPath(costs, stepCost: 1) == [1, 2, 3, 2])
        #expect(MouthLine.cheapestPath(costs, stepCost: 100) == [2, 2, 2, 2])
        #expect(MouthLine.cheapestPath([], stepCost: 1).isEmpty)
    }

    @Test("a curve goes through its points and stays level beyond them")
    func curve() {
        let curve = LipCurve([SIMD2(1, 2), SIMD2(-1, 0), SIMD2(0, 3), SIMD2(0.001, 50)])
        #expect(curve[-1] == 0 && curve[0] == 3 && curve[1] == 2)
        #expect(curve[-5] == 0 && curve[5] == 2)
    }

    @Test("face coordinates turn with the face")
    func frame() {
        let frame = FaceFrame(points: WarpFaces.points(WarpFaces.all[1]))
        let pixel = SIMD2<Float>(123, 45)
        let back = frame.pixel(frame.face(pixel))
        #expect(hypotf(back.x - pixel.x, back.y - pixel.y) < 1e-3)
        let eyes = WarpFaces.points(WarpFaces.all[1])
        let across = frame.face(eyes.rightEye) - frame.face(eyes.leftEye)
        #expect(abs(across.x - 1) < 1e-4 && abs(across.y) < 1e-4)
    }
}
