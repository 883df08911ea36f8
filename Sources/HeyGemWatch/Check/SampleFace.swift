/// A small drawn face with the points of its eyes and mouth: enough for a render, made without any file.
enum SampleFace {
    static let side = 256

    /// The picture as a BMP of 24 bits.
    static var bitmap: [UInt8] {
        // rows of a BMP are multiples of four bytes, which 3 x 256 is, and run from the bottom to the top
        let pixels = (0..<side).reversed().flatMap { y in (0..<side).flatMap { x in colour(x, y) } }
        var bytes = Array("BM".utf8)
        for number in [54 + pixels.count, 0, 54, 40, side, side] { append(UInt32(number), to: &bytes) }
        bytes += [1, 0, 24, 0]
        for number in [0, pixels.count, 2835, 2835, 0, 0] { append(UInt32(number), to: &bytes) }
        return bytes + pixels
    }

    /// In parts of the picture.
    static let points = """
        { "eyeLeft": [0.37, 0.41], "eyeRight": [0.63, 0.41], "mouthLeft": [0.40, 0.68], "mouthRight": [0.60, 0.68],
          "mouthTop": [0.50, 0.655], "mouthBottom": [0.50, 0.705], "chin": [0.50, 0.86] }
        """

    /// Half axes of an ellipse around a point, all in parts of the picture, and its colour as blue, green, red.
    private struct Ellipse {
        var (x, y, width, height): (Double, Double, Double, Double)
        var colour: [UInt8]

        func holds(_ x: Double, _ y: Double) -> Bool {
            let (dx, dy) = ((x - self.x) / width, (y - self.y) / height)
            return dx * dx + dy * dy <= 1
        }
    }

    /// The last that holds a point is in front.
    private static let shapes = [
        Ellipse(x: 0.5, y: 0.45, width: 0.36, height: 0.41, colour: [30, 45, 70]),
        Ellipse(x: 0.5, y: 0.52, width: 0.29, height: 0.36, colour: [150, 180, 225]),
        Ellipse(x: 0.37, y: 0.41, width: 0.065, height: 0.032, colour: [250, 250, 250]),
        Ellipse(x: 0.63, y: 0.41, width: 0.065, height: 0.032, colour: [250, 250, 250]),
        Ellipse(x: 0.37, y: 0.41, width: 0.028, height: 0.03, colour: [40, 30, 25]),
        Ellipse(x: 0.63, y: 0.41, width: 0.028, height: 0.03, colour: [40, 30, 25]),
        Ellipse(x: 0.5, y: 0.56, width: 0.03, height: 0.02, colour: [120, 150, 200]),
        Ellipse(x: 0.5, y: 0.68, width: 0.10, height: 0.026, colour: [90, 85, 190]),
    ]

    private static func colour(_ x: Int, _ y: Int) -> [UInt8] {
        let (x, y) = ((Double(x) + 0.5) / Double(side), (Double(y) + 0.5) / Double(side))
        return shapes.last { $0.holds(x, y) }?.colour ?? [205, 200, 190]
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
    }
}
