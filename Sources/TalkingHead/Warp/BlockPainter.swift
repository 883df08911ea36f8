import Dispatch

/// Draws one frame: takes the source as it is and then paints the blocks that change.
struct BlockPainter: @unchecked Sendable {
    // unchecked: the source and the map are only read, and no two threads write the same samples
    let source: YUVPicture
    let target: YUVPicture
    let map: FaceMap
    let weights: UnsafePointer<SIMD4<Float>>

    private let luma: PlaneSampler
    private let chroma: PlaneSampler

    init(source: YUVPicture, target: YUVPicture, map: FaceMap, weights: UnsafePointer<SIMD4<Float>>) {
        self.source = source
        self.target = target
        self.map = map
        self.weights = weights
        luma = PlaneSampler(
            base: source.y, stride: source.lumaStride, width: source.width, height: source.height)
        chroma = PlaneSampler(
            base: source.u, stride: source.chromaStride, width: source.chromaWidth, height: source.chromaHeight)
    }

    /// Two threads take every other row of blocks: those of the mouth take longest and lie together.
    func paint(_ region: FaceRegion) {
        target.copy(from: source)
        let other = DispatchGroup()
        // a queue of its own: for the threads of the global ones libdispatch reads /proc, which no worker may
        DispatchQueue(label: "painter.rows").async(group: other) { paint(region, from: 1) }
        paint(region, from: 0)
        other.wait()
    }

    private func paint(_ region: FaceRegion, from first: Int) {
        for row in stride(from: first, to: region.rows, by: 2) {
            for column in 0..<region.columns {
                paint(Block(region, column, row, source), region.kinds[row * region.columns + column])
            }
        }
    }

    private func paint(_ block: Block, _ kind: FaceRegion.Kind) {
        switch kind {
        case .still: break
        case .eyes where !map.eyesMove, .head: paintSmooth(block, Corners(block) { map.headOffset(at: $0) })
        case .eyes, .mouth:
            let corner = SIMD2(Float(block.left), Float(block.top))
            if map.isSmooth(from: corner, size: Float(FaceRegion.blockSize), kind) {
                paintSmooth(block, Corners(block) { map.sourceOffset(at: $0) })
            } else {
                paintChanges(block)
            }
        }
    }

    /// The pixels of a block, cut off at the picture's border; even numbers.
    private struct Block {
        let left: Int
        let top: Int
        let right: Int
        let bottom: Int

        init(_ region: FaceRegion, _ column: Int, _ row: Int, _ picture: YUVPicture) {
            left = region.left + column * FaceRegion.blockSize
            top = region.top + row * FaceRegion.blockSize
            right = min(left + FaceRegion.blockSize, picture.width)
            bottom = min(top + FaceRegion.blockSize, picture.height)
        }
    }

    // MARK: blocks with mouth or eyes

    private func paintChanges(_ block: Block) {
        let corners = Corners(block) { map.headOffset(at: $0) }
        for y in block.top..<block.bottom {
            let row = target.y + y * target.lumaStride
            var (move, step) = corners.row(Float(y - block.top))
            for x in block.left..<block.right {
                if let change = map.change(at: SIMD2(Float(x), Float(y)), headMove: move) {
                    row[x] = Self.sample(lumaValue(change, x, y))
                }
                move += step
            }
        }
        for y in block.top / 2..<block.bottom / 2 {
            let offset = y * target.chromaStride
            // a chroma sample lies in the middle of its four luma samples
            let (start, step) = corners.row(Float(2 * y - block.top) + 0.5)
            for x in block.left / 2..<block.right / 2 {
                let pixel = SIMD2(Float(2 * x) + 0.5, Float(2 * y) + 0.5)
                let move = start + step * (pixel.x - Float(block.left))
                guard let change = map.change(at: pixel, headMove: move) else { continue }
                let value = chromaValue(change)
                target.u[offset + x] = Self.sample(value.x)
                target.v[offset + x] = Self.sample(value.y)
            }
        }
    }

    @inline(__always)
    private func lumaValue(_ change: FaceMap.Change, _ x: Int, _ y: Int) -> Float {
        var value: Float = 0
        let cover = change.mouth?.cover ?? 0
        if cover < 0.999 {
            value = luma.cubic(change.source.x, change.source.y, weights)
            if let lid = change.lid {
                if lid.cover > 0 {
                    let skin = luma.cubic(change.lidSource.x, change.lidSource.y, weights)
                    value = mix(value, lid.luma(skin), lid.cover)
                }
                value *= lid.light
            }
        }
        guard let paint = change.mouth else { return value }
        var colour = paint.colour.x
        if paint.ownTeeth > 0 {
            colour = mix(colour, luma.cubic(change.head.x, change.head.y, weights), paint.ownTeeth)
        }
        return mix(value, colour, cover)
    }

    @inline(__always)
    private func chromaValue(_ change: FaceMap.Change) -> SIMD2<Float> {
        let cover = change.mouth?.cover ?? 0
        var value = chroma(at: change.source)
        if let lid = change.lid, lid.cover > 0 {
            let skin = chroma(at: change.lidSource)
            let even = SIMD2(lid.colour.y, lid.colour.z)
            value += (skin + (even - skin) * lid.evenness - value) * lid.cover
        }
        guard let paint = change.mouth else { return value }
        var painted = SIMD2(paint.colour.y, paint.colour.z)
        if paint.ownTeeth > 0 { painted += (chroma(at: change.head) - painted) * paint.ownTeeth }
        return value + (painted - value) * cover
    }

    /// Both chroma samples at a place given in luma pixels.
    @inline(__always)
    private func chroma(at place: SIMD2<Float>) -> SIMD2<Float> {
        let between = Bilinear((place.x - 0.5) * 0.5, (place.y - 0.5) * 0.5, chroma)
        return SIMD2(between.sample(source.u), between.sample(source.v))
    }

    // MARK: blocks whose map is smooth

    private func paintSmooth(_ block: Block, _ corners: Corners) {
        guard !corners.isZero else { return }
        for y in block.top..<block.bottom {
            var (place, step) = corners.row(Float(y - block.top))
            place += SIMD2(Float(block.left), Float(y))
            step.x += 1
            let row = target.y + y * target.lumaStride
            for x in block.left..<block.right {
                row[x] = Self.sample(luma.cubic(place.x, place.y, weights))
                place += step
            }
        }
        for y in block.top / 2..<block.bottom / 2 {
            let (start, step) = corners.row(Float(2 * y - block.top) + 0.5)
            let offset = y * target.chromaStride
            for x in block.left / 2..<block.right / 2 {
                let move = start + step * (Float(2 * x - block.left) + 0.5)
                let between = Bilinear(Float(x) + move.x * 0.5, Float(y) + move.y * 0.5, chroma)
                target.u[offset + x] = Self.sample(between.sample(source.u))
                target.v[offset + x] = Self.sample(between.sample(source.v))
            }
        }
    }

    /// From how far away the source comes at a block's corners; between them it is taken as linear.
    private struct Corners {
        private let topLeft: SIMD2<Float>
        private let topRight: SIMD2<Float>
        private let bottomLeft: SIMD2<Float>
        private let bottomRight: SIMD2<Float>

        @inline(__always)
        init(_ block: Block, _ move: (SIMD2<Float>) -> SIMD2<Float>) {
            func offset(_ x: Int, _ y: Int) -> SIMD2<Float> { move(SIMD2(Float(x), Float(y))) }
            let (right, bottom) = (block.left + FaceRegion.blockSize, block.top + FaceRegion.blockSize)
            (topLeft, topRight) = (offset(block.left, block.top), offset(right, block.top))
            (bottomLeft, bottomRight) = (offset(block.left, bottom), offset(right, bottom))
        }

        var isZero: Bool {
            topLeft == .zero && topRight == .zero && bottomLeft == .zero && bottomRight == .zero
        }

        /// The move at the left end of a row `down` pixels below the block's top, and what each pixel adds.
        @inline(__always)
        func row(_ down: Float) -> (start: SIMD2<Float>, step: SIMD2<Float>) {
            let share = down / Float(FaceRegion.blockSize)
            let left = topLeft + (bottomLeft - topLeft) * share
            let right = topRight + (bottomRight - topRight) * share
            return (left, (right - left) / Float(FaceRegion.blockSize))
        }
    }

    @inline(__always)
    private static func sample(_ value: Float) -> UInt8 {
        UInt8(min(255, max(0, value + 0.5)))
    }
}
