import Glibc
import Words

/// BlazeFace, short range: finds faces that are at least about an eighth of the square that it looks at.
final class FaceDetector {
    /// MediaPipe's threshold.
    private static let leastScore: Float = 0.5
    private static let pixels = 128
    /// Centres of the 896 anchors in 0...1: 2 for each of 16 x 16 cells, 6 for each of 8 x 8.
    private static let anchors: [SIMD2<Float>] = [(cells: 16, each: 2), (cells: 8, each: 6)].flatMap { grid in
        (0..<grid.cells * grid.cells * grid.each).map { index in
            let cell = index / grid.each
            return SIMD2(Float(cell % grid.cells) + 0.5, Float(cell / grid.cells) + 0.5) / Float(grid.cells)
        }
    }

    private let model: LiteRTModel

    init(_ path: String, in library: LiteRTLibrary) throws(Problem) {
        model = try LiteRTModel(path, in: library, side: Self.pixels, outputs: [896 * 16, 896])
    }

    /// See `LiteRTModel.close`.
    func close() { model.close() }

    /// See `FaceFinder.warmUp`.
    func warmUp() throws(Problem) { try model.run() }

    /// The faces in an upright square of the picture, one detection each, best first.
    func faces(in pyramid: PicturePyramid, _ square: FaceCrop) throws(Problem) -> [FaceDetection] {
        pyramid.sample(square, around: .grey, range: -1...1, into: model.input, pixels: Self.pixels)
        try model.run()
        return FaceDetection.merged(Self.anchors.indices.compactMap { detection($0, square) })
    }

    private func detection(_ index: Int, _ square: FaceCrop) -> FaceDetection? {
        // a logit: 80 either way is as sure as a float gets
        let score = 1 / (1 + expf(-max(-80, min(80, model.outputs[1][index]))))
        guard score >= Self.leastScore else { return nil }
        let values = UnsafeBufferPointer(rebasing: model.outputs[0][index * 16..<index * 16 + 16])
        let corner = square.centre - SIMD2(repeating: square.side / 2)
        func place(_ offset: Int) -> SIMD2<Float> {
            let relative = SIMD2(values[offset], values[offset + 1]) / Float(Self.pixels)
            return corner + (relative + Self.anchors[index]) * square.side
        }
        let size = SIMD2(values[2], values[3]) / Float(Self.pixels) * square.side
        guard size.x > 0, size.y > 0 else { return nil }
        return FaceDetection(centre: place(0), size: size, leftEye: place(4), rightEye: place(6), score: score)
    }
}
