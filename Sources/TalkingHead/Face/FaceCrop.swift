import Glibc

/// A square of the picture, maybe turned, in continuous positions (see `PicturePyramid`).
struct FaceCrop: Hashable, Sendable {
    var centre: SIMD2<Float>
    /// In pixels of the picture.
    var side: Float
    /// Radians, clockwise as seen.
    var angle: Float = 0

    /// From positions in a square of `pixels` pixels to positions in the picture.
    func placement(pixels: Int) -> Similarity {
        let scale = side / Float(pixels)
        var placement = Similarity(turn: SIMD2(cosf(angle), sinf(angle)) * scale, shift: .zero)
        placement.shift = centre - placement(SIMD2(repeating: Float(pixels) / 2))
        return placement
    }
}

/// What lies outside of the picture.
enum Surroundings {
    /// Grey, which no detector takes for a face.
    case grey
    /// The border's colours go on.
    case border
}

extension PicturePyramid {
    /// Fills a model's input with a crop of the picture as RGB values in `range`.
    func sample(
        _ crop: FaceCrop, around: Surroundings, range: ClosedRange<Float>,
        into output: UnsafeMutableBufferPointer<Float>, pixels: Int
    ) {
        let level = level(step: crop.side / Float(pixels))
        let picture = PictureSampler(levels[level])
        let placement = crop.placement(pixels: pixels)
        let shrink = 1 / Float(1 << level)
        let step = placement.turn * shrink
        let size = SIMD2(Float(levels[level].width), Float(levels[level].height))
        let gain = range.upperBound - range.lowerBound
        guard var target = output.baseAddress else { return }
        for row in 0..<pixels {
            var position = placement(SIMD2(0.5, Float(row) + 0.5)) * shrink
            for _ in 0..<pixels {
                let outside = position.x < 0 || position.y < 0 || position.x > size.x || position.y > size.y
                let colour = outside && around == .grey ? SIMD3(repeating: 0.5) : picture.colour(at: position)
                target[0] = range.lowerBound + gain * colour.x
                target[1] = range.lowerBound + gain * colour.y
                target[2] = range.lowerBound + gain * colour.z
                target += 3
                position += step
            }
        }
    }
}

/// Colours of a picture between its pixels.
private struct PictureSampler {
    let picture: YUVPicture
    let luma: PlaneSampler
    let chroma: PlaneSampler

    init(_ picture: YUVPicture) {
        self.picture = picture
        luma = PlaneSampler(base: picture.y, stride: picture.lumaStride, width: picture.width, height: picture.height)
        chroma = PlaneSampler(
            base: picture.u, stride: picture.chromaStride, width: picture.chromaWidth, height: picture.chromaHeight)
    }

    /// RGB, 0...1, by BT.709 limited range.
    @inline(__always)
    func colour(at position: SIMD2<Float>) -> SIMD3<Float> {
        let fine = Bilinear(position.x - 0.5, position.y - 0.5, luma)
        let coarse = Bilinear(position.x / 2 - 0.5, position.y / 2 - 0.5, chroma)
        let y = 1.1644 * (fine.sample(picture.y) - 16)
        let u = coarse.sample(picture.u) - 128
        let v = coarse.sample(picture.v) - 128
        let colour = SIMD3(y + 1.7927 * v, y - 0.2132 * u - 0.5329 * v, y + 2.1124 * u) / 255
        return colour.clamped(lowerBound: .zero, upperBound: .one)
    }
}
