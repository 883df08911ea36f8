package import Words

/// Tells a person from the background: MediaPipe's selfie segmentation.
///
/// For one thread at a time; like `FaceFinder` it reads its model at the start.
package final class PersonFinder {
    private static let pixels = 256
    /// The square that is looked at, in IOD: all that moves with a head, and as much around it as the model likes to see.
    private static let side: Float = 6.4

    private let model: LiteRTModel

    /// - Parameter models: the folder of `selfie_segmentation.tflite`.
    /// - Throws: `engine` when it isn't there.
    package init(library: LiteRTLibrary, models: String) throws(Problem) {
        model = try LiteRTModel(
            models + "/selfie_segmentation.tflite", in: library, side: Self.pixels,
            outputs: [Self.pixels * Self.pixels])
    }

    /// See `LiteRTModel.close`.
    package func close() { model.close() }

    /// See `FaceFinder.warmUp`.
    func warmUp() { try? model.run() }

    /// The person with this face; nil where the model sees none, and of drawings, which it wasn't made for.
    ///
    /// - Throws: `engine` when the model fails.
    package func mask(of picture: YUVPicture, around points: FacePoints) throws(Problem) -> PersonMask? {
        guard points.kind ?? FlatInk.kind(of: picture, points) == .photo else { return nil }
        let pyramid = PicturePyramid(picture)
        let crop = Self.crop(of: pyramid.size, FaceFrame(points: points))
        pyramid.sample(crop, around: .border, range: 0...1, into: model.input, pixels: Self.pixels)
        try model.run()
        let cover = Grid(width: Self.pixels, height: Self.pixels, values: Array(model.outputs[0]))
        let mask = PersonMask(cover: cover, placement: crop.placement(pixels: Self.pixels))
        // all but the jaw's, which lie on the person's border
        return mask.whole(around: points.points[17...].map { $0 + SIMD2(repeating: 0.5) })
    }

    private static func crop(of size: SIMD2<Float>, _ frame: FaceFrame) -> FaceCrop {
        let side = min(Self.side * frame.scale, max(size.x, size.y))
        // a face looks from the upper half
        let wanted = frame.pixel(SIMD2(0, -0.6))
        func within(_ centre: Float, _ length: Float) -> Float {
            length > side ? clamp(centre, side / 2, length - side / 2) : length / 2
        }
        return FaceCrop(centre: SIMD2(within(wanted.x, size.x), within(wanted.y, size.y)), side: side)
    }
}
