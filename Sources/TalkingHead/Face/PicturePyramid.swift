import CPixels

/// A picture and its halves, so that a small crop of a large picture may be sampled without aliasing.
///
/// Positions are continuous here: (0, 0) is the corner of the picture, (0.5, 0.5) the middle of its first pixel; so a
/// position on level n is that of the picture divided by 2^n.
struct PicturePyramid: Sendable {
    let levels: [YUVPicture]

    var size: SIMD2<Float> { SIMD2(Float(levels[0].width), Float(levels[0].height)) }

    /// - Parameter side: no level gets a side shorter than this.
    init(_ picture: YUVPicture, least side: Int = 96) {
        var levels = [picture]
        while let last = levels.last, min(last.width, last.height) >= side * 2 { levels.append(last.halved()) }
        self.levels = levels
    }

    /// The level to take samples from that lie `step` pixels of the picture apart: there they lie 1 to 2 apart.
    func level(step: Float) -> Int {
        var level = 0
        while level + 1 < levels.count, step >= Float(2 << level) { level += 1 }
        return level
    }
}

extension YUVPicture {
    /// Half as wide and high (rounded down to even), means of 2 x 2 samples.
    fileprivate func halved() -> YUVPicture {
        let half = YUVPicture(width: width / 4 * 2, height: height / 4 * 2)
        Self.halve(y, lumaStride, into: half.y, half.lumaStride, half.width, half.height)
        Self.halve(u, chromaStride, into: half.u, half.chromaStride, half.chromaWidth, half.chromaHeight)
        Self.halve(v, chromaStride, into: half.v, half.chromaStride, half.chromaWidth, half.chromaHeight)
        return half
    }

    private static func halve(
        _ source: UnsafeMutablePointer<UInt8>, _ sourceStride: Int, into target: UnsafeMutablePointer<UInt8>,
        _ stride: Int, _ width: Int, _ height: Int
    ) {
        for row in 0..<height {
            let upper = source + row * 2 * sourceStride
            hgw_halve_row(upper, upper + sourceStride, target + row * stride, Int32(width))
        }
    }
}
