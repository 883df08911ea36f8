import CPixels
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
        guard let target = output.baseAddress else { return }
        let level = level(step: crop.side / Float(pixels))
        let picture = levels[level]
        let luma = PlaneSampler(
            base: picture.y, stride: picture.lumaStride, width: picture.width, height: picture.height)
        let chroma = PlaneSampler(
            base: picture.u, stride: picture.chromaStride, width: picture.chromaWidth, height: picture.chromaHeight)
        var planes = (luma: luma.plane(picture.y), chroma: chroma.plane(picture.u))
        var colours = hgw_range(
            low: range.lowerBound, gain: range.upperBound - range.lowerBound, is_grey_outside: around == .grey ? 1 : 0)
        let placement = crop.placement(pixels: pixels)
        let shrink = 1 / Float(1 << level)
        let step = placement.turn * shrink
        for row in 0..<pixels {
            let first = placement(SIMD2(0.5, Float(row) + 0.5)) * shrink
            var line = hgw_line(x: first.x, y: first.y, step_x: step.x, step_y: step.y)
            hgw_crop_row(
                &planes.luma, picture.u, picture.v, &planes.chroma, &line, &colours, target + 3 * pixels * row,
                Int32(pixels))
        }
    }
}
