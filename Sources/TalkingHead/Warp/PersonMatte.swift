/// A coarse mask brought to the edges that the picture shows: a guided filter (He, Sun, Tang 2010), on a reduced picture
/// as in He, Sun 2015. Each cell says how the cover follows from the luma near it.
struct PersonMatte {
    /// The reduced picture, how much it is reduced, and where its part that the mask tells about begins.
    let level: YUVPicture
    let reduction: Int
    let origin: SIMD2<Int>
    /// Cells in one IOD.
    let scale: Float
    /// The cells: cover = slope * luma + base.
    private let slope: Grid
    private let base: Grid
    /// At least so much is the person's: a rim of background goes along with hair whose tips the filter may have missed.
    private let rim: Grid
    /// The mask's own mean near each cell, which tells where there is nothing to find out.
    private let near: Grid

    var width: Int { slope.width }
    var height: Int { slope.height }

    /// Eye distances are reduced to at most so many cells.
    private static let finest: Float = 64
    /// By how many grey levels the luma has to change for the cover to follow it.
    private static let contrast: Float = 10

    init(still: YUVPicture, mask: PersonMask, frame: FaceFrame) {
        let pyramid = PicturePyramid(still)
        var index = 0
        while index + 1 < pyramid.levels.count, frame.scale / Float(1 << index) > Self.finest { index += 1 }
        let level = pyramid.levels[index]
        self.level = level
        reduction = 1 << index
        scale = frame.scale / Float(reduction)
        let bounds = Self.bounds(of: mask, level, reduction)
        let (left, top) = (bounds.x.lowerBound, bounds.y.lowerBound)
        origin = SIMD2(left, top)
        let luma = Grid(width: bounds.x.count, height: bounds.y.count) { x, y in
            Float(level.y[(top + y) * level.lumaStride + left + x])
        }
        let (inverse, grow) = (mask.placement.inverse, Float(reduction))
        let cover = Grid(width: luma.width, height: luma.height) { x, y in
            mask.cover(at: SIMD2(Float(left + x) + 0.5, Float(top + y) + 0.5) * grow, inverse)
        }
        let radius = max(2, Int(0.05 * scale))
        let (slope, base) = Self.filter(luma, cover, radius)
        (self.slope, self.base) = (slope, base)
        // the filter looks twice as far, and between cells
        near = cover.blurred(2 * radius + 2)
        let filtered = slope.with(luma, *).with(base) { Self.cover($0 + $1) }
        rim = filtered.blurred(max(1, Int(0.025 * scale))).map { smoothstep(0.02, 0.5, $0) }
    }

    /// The cells under the mask; even numbers.
    private static func bounds(
        of mask: PersonMask, _ level: YUVPicture, _ reduction: Int
    ) -> (x: Range<Int>, y: Range<Int>) {
        let low = mask.placement(.zero) / Float(reduction)
        let high = mask.placement(SIMD2(Float(mask.cover.width), Float(mask.cover.height))) / Float(reduction)
        func span(_ low: Float, _ high: Float, _ limit: Int) -> Range<Int> {
            let first = Int(clamp(low, 0, Float(limit - 2))) / 2 * 2
            return first..<max(first + 2, Int(clamp(high, 0, Float(limit))) / 2 * 2)
        }
        return (span(low.x, high.x, level.width), span(low.y, high.y, level.height))
    }

    private static func filter(_ luma: Grid, _ cover: Grid, _ radius: Int) -> (slope: Grid, base: Grid) {
        let (meanLuma, meanCover) = (luma.blurred(radius), cover.blurred(radius))
        let product = luma.with(cover, *).blurred(radius).with(meanLuma.with(meanCover, *), -)
        let variance = luma.with(luma, *).blurred(radius).with(meanLuma.with(meanLuma, *), -)
        let slope = product.with(variance) { $0 / (max(0, $1) + contrast * contrast) }
        let base = meanCover.with(slope.with(meanLuma, *), -)
        return (slope.blurred(radius), base.blurred(radius))
    }

    /// The place of a pixel of the whole picture among the cells.
    @inline(__always)
    func place(_ pixel: SIMD2<Float>) -> SIMD2<Float> {
        (pixel + SIMD2(repeating: 0.5)) / Float(reduction) - SIMD2(Float(origin.x) + 0.5, Float(origin.y) + 0.5)
    }

    /// 0 background ... 1 person; nil in cells in which that isn't the same everywhere.
    @inline(__always)
    func cover(ofCell x: Int, _ y: Int) -> Float? {
        let mean = near.values[y * near.width + x]
        return mean < 0.001 ? 0 : mean > 0.999 ? 1 : nil
    }

    /// 0 background ... 1 person at a place among the cells.
    @inline(__always)
    func cover(at place: SIMD2<Float>, luma: Float) -> Float {
        let filtered = Self.cover(slope.sample(place.x, place.y) * luma + base.sample(place.x, place.y))
        return max(filtered, rim.sample(place.x, place.y))
    }

    /// What the filter leaves of noise is nothing, what is nearly all is all.
    @inline(__always)
    private static func cover(_ filtered: Float) -> Float { smoothstep(0.1, 0.9, filtered) }
}
