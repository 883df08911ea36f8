import Glibc
import Words

/// Face Mesh: 468 points of the face in a crop.
final class FaceMesh {
    private static let pixels = 192
    private static let count = 468

    private let model: LiteRTModel

    init(_ path: String, in library: LiteRTLibrary) throws(Problem) {
        model = try LiteRTModel(path, in: library, side: Self.pixels, outputs: [Self.count * 3, 1])
    }

    /// See `LiteRTModel.close`.
    func close() { model.close() }

    /// See `FaceFinder.warmUp`.
    func warmUp() throws(Problem) { try model.run() }

    func fit(in pyramid: PicturePyramid, _ crop: FaceCrop) throws(Problem) -> MeshedFace {
        pyramid.sample(crop, around: .border, range: 0...1, into: model.input, pixels: Self.pixels)
        try model.run()
        let placement = crop.placement(pixels: Self.pixels)
        let values = model.outputs[0]
        return MeshedFace(
            mesh: (0..<Self.count).map { placement(SIMD2(values[$0 * 3], values[$0 * 3 + 1])) },
            score: 1 / (1 + expf(-max(-80, min(80, model.outputs[1][0])))))
    }
}

/// What Face Mesh says about a crop.
struct MeshedFace {
    /// 468 continuous positions in the picture.
    let mesh: [SIMD2<Float>]
    /// 0...1: is there a face at all.
    let score: Float

    /// The points of the mesh that are iBUG's 68, in their order.
    private static let order = [
        162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389,  // jaw
        71, 63, 105, 66, 107, 336, 296, 334, 293, 301,  // brows
        168, 197, 5, 4, 75, 97, 2, 326, 305,  // nose
        33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,  // eyes
        61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181,  // outer lips
        78, 82, 13, 312, 308, 317, 14, 87,  // inner lips
    ]

    /// The 68 points as pixels: a whole number is the middle of a pixel.
    var points: [SIMD2<Float>] {
        Self.order.map { mesh[$0] - SIMD2(repeating: 0.5) }
    }

    /// The crop that this face should be seen in, from its own box; better than the detector's.
    var crop: FaceCrop {
        let eyes = mesh[263] - mesh[33]
        let angle = atan2f(eyes.y, eyes.x)
        let upright = Similarity(turn: SIMD2(cosf(-angle), sinf(-angle)), shift: .zero)
        let turned = mesh.map { upright($0) }
        let low = turned.reduce(turned[0], pointwiseMin)
        let high = turned.reduce(turned[0], pointwiseMax)
        let size = high - low
        return FaceCrop(
            centre: upright.inverse((low + high) / 2), side: max(size.x, size.y) * 1.5, angle: angle)
    }
}
