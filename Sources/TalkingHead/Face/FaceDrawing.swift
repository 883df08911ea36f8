/// Draws the points of a face on a picture, so that a person can see whether they are right: lines along the features,
/// a dot for each point.
package func draw(_ face: FacePoints, on picture: YUVPicture) {
    let pen = FacePen(picture: picture)
    for (line, isClosed) in FacePen.lines {
        let points = line.map { face.points[$0] }
        let ends = isClosed ? points.dropFirst() + points.prefix(1) : points.dropFirst()
        for (start, end) in zip(points, ends) { pen.line(from: start, to: end) }
    }
    for point in face.points { pen.dot(point, radius: pen.thickness * 1.5, FacePen.dotColour) }
}

private struct FacePen {
    /// iBUG's features: which points belong together.
    static let lines: [(ClosedRange<Int>, isClosed: Bool)] = [
        (0...16, false), (17...21, false), (22...26, false), (27...30, false), (31...35, false), (36...41, true),
        (42...47, true), (48...59, true), (60...67, true),
    ]
    /// Yellow and green, which no skin has.
    static let dotColour = (y: UInt8(210), u: UInt8(16), v: UInt8(146))
    static let lineColour = (y: UInt8(145), u: UInt8(54), v: UInt8(34))

    let picture: YUVPicture

    /// Seen when the picture is shown small, fine when it is shown large.
    var thickness: Float { max(0.8, Float(max(picture.width, picture.height)) / 1000) }

    func line(from start: SIMD2<Float>, to end: SIMD2<Float>) {
        let length = (end - start).length
        // a face far outside of the picture is not worth drawing
        guard length < 10_000 else { return }
        let steps = max(1, Int(length / max(0.5, thickness / 2)))
        for step in 0...steps {
            dot(start + (end - start) * (Float(step) / Float(steps)), radius: thickness / 2, Self.lineColour)
        }
    }

    func dot(_ centre: SIMD2<Float>, radius: Float, _ colour: (y: UInt8, u: UInt8, v: UInt8)) {
        let columns = range(centre.x, radius, picture.width)
        for row in range(centre.y, radius, picture.height) {
            for column in columns {
                let away = SIMD2(Float(column), Float(row)) - centre
                guard away.length <= radius + 0.3 else { continue }
                picture.y[row * picture.lumaStride + column] = colour.y
                picture.u[row / 2 * picture.chromaStride + column / 2] = colour.u
                picture.v[row / 2 * picture.chromaStride + column / 2] = colour.v
            }
        }
    }

    /// The pixels that a dot may reach within the picture.
    private func range(_ centre: Float, _ radius: Float, _ limit: Int) -> Range<Int> {
        guard centre.isFinite, abs(centre) < 1e6 else { return 0..<0 }
        let first = max(0, Int((centre - radius - 1).rounded(.down)))
        return first..<max(first, min(limit, Int((centre + radius + 2).rounded(.up))))
    }
}
