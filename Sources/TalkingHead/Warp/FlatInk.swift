/// Tells drawings from photographs: skin in a photograph is nowhere even.
package enum FlatInk {
    /// The distance between compared samples, in IOD: independent of the picture's size and of how sharp it is.
    private static let step: Float = 1.0 / 24
    /// In luma; a drawing's shading and what JPEG leaves stay below.
    private static let evenness: Float = 2
    /// Share of the face's places where luma is even. Measured: photographs 0.01 to 0.11 (45 portraits), drawings 0.40
    /// (shaded, 300 pixels, JPEG) to 0.84.
    private static let leastShare: Float = 0.25

    package static func kind(of picture: YUVPicture, _ points: FacePoints) -> FacePoints.Kind {
        let frame = FaceFrame(points: points)
        let probe = PictureProbe(picture: picture, frame: frame)
        let chin = frame.face(points.points[8]).y
        let eyes = frame.face((points.leftEye + points.rightEye) / 2)
        let places = 29
        var even = 0
        for row in 0..<places {
            // from the forehead to above the chin
            let v = mix(eyes.y - 0.45, mix(eyes.y, chin, 0.85), Float(row) / Float(places - 1))
            for column in 0..<places {
                let u = eyes.x + mix(-0.7, 0.7, Float(column) / Float(places - 1))
                even += isEven(u, v, probe) ? 1 : 0
            }
        }
        return Float(even) / Float(places * places) < leastShare ? .photo : .drawing
    }

    /// No bend in luma across or down: even colour, or even shading.
    private static func isEven(_ u: Float, _ v: Float, _ probe: PictureProbe) -> Bool {
        let middle = 2 * probe.colour(u, v).x
        let across = probe.colour(u - step, v).x + probe.colour(u + step, v).x - middle
        let down = probe.colour(u, v - step).x + probe.colour(u, v + step).x - middle
        return max(abs(across), abs(down)) <= evenness
    }
}
