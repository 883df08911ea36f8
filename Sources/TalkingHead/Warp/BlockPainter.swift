/// Draws one frame: takes the source as it is and then paints the blocks that change.
struct BlockPainter {
    let source: YUVPicture
    let target: YUVPicture
    let map: FaceMap
    let weights: UnsafePointer<SIMD4<Float>>

    private let luma: PlaneSampler
    private let u: PlaneSampler
    private let v: PlaneSampler

    init(source: YUVPicture, target: YUVPicture, map: FaceMap, weights: UnsafePointer<SIMD4<Float>>) {
        self.source = source
        self.target = target
        self.map = map
        self.weights = weights
        luma = PlaneSampler(
            base: source.y, stride: source.lumaStride, width: source.width, height: source.height)
        u = PlaneSampler(
            base: source.u, stride: source.chromaStride, width: source.chromaWidth, height: source.chromaHeight)
        v = PlaneSampler(
            base: source.v, stride: source.chromaStride, width: source.chromaWidth, height: source.chromaHeight)
    }

    func paint(_ region: FaceRegion) {
        target.copy(from: source)
        region.kinds.withUnsafeBufferPointer { kinds in
            for row in 0..<region.rows {
                for column in 0..<region.columns {
                    let block = Block(region, column, row, source)
                    switch kinds[row * region.columns + column] {
                    case .mouth: paintChanges(block)
                    case .eyes where map.eyesMove: paintChanges(block)
                    case .eyes, .head: paintHead(block)
                    case .still: break
                    }
                }
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
        for y in block.top..<block.bottom {
            let row = target.y + y * target.lumaStride
            for x in block.left..<block.right {
                guard let change = map.change(at: SIMD2(Float(x), Float(y))) else { continue }
                row[x] = Self.sample(lumaValue(change, x, y))
            }
        }
        for y in block.top / 2..<block.bottom / 2 {
            let offset = y * target.chromaStride
            for x in block.left / 2..<block.right / 2 {
                guard let change = map.change(at: SIMD2(Float(2 * x) + 0.5, Float(2 * y) + 0.5)) else { continue }
                let (uValue, vValue) = chromaValue(change)
                target.u[offset + x] = Self.sample(uValue)
                target.v[offset + x] = Self.sample(vValue)
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
    private func chromaValue(_ change: FaceMap.Change) -> (Float, Float) {
        let cover = change.mouth?.cover ?? 0
        let place = (change.source - 0.5) * 0.5
        var (uValue, vValue) = (u.bilinear(place.x, place.y), v.bilinear(place.x, place.y))
        if let lid = change.lid, lid.cover > 0 {
            let skin = (change.lidSource - 0.5) * 0.5
            uValue = mix(uValue, mix(u.bilinear(skin.x, skin.y), lid.colour.y, lid.evenness), lid.cover)
            vValue = mix(vValue, mix(v.bilinear(skin.x, skin.y), lid.colour.z, lid.evenness), lid.cover)
        }
        guard let paint = change.mouth else { return (uValue, vValue) }
        var (uPaint, vPaint) = (paint.colour.y, paint.colour.z)
        if paint.ownTeeth > 0 {
            let own = (change.head - 0.5) * 0.5
            uPaint = mix(uPaint, u.bilinear(own.x, own.y), paint.ownTeeth)
            vPaint = mix(vPaint, v.bilinear(own.x, own.y), paint.ownTeeth)
        }
        return (mix(uValue, uPaint, cover), mix(vValue, vPaint, cover))
    }

    // MARK: blocks that only go with the head

    /// The head's map is smooth: known at the block's corners, linear between.
    private func paintHead(_ block: Block) {
        func offset(_ x: Int, _ y: Int) -> SIMD2<Float> { map.headOffset(at: SIMD2(Float(x), Float(y))) }
        let size = FaceRegion.blockSize
        let corners = Corners(
            topLeft: offset(block.left, block.top), topRight: offset(block.left + size, block.top),
            bottomLeft: offset(block.left, block.top + size), bottomRight: offset(block.left + size, block.top + size))
        guard !corners.isZero else { return }
        for y in block.top..<block.bottom {
            var (place, step) = corners.row(Float(y - block.top) / Float(size))
            place += SIMD2(Float(block.left), Float(y))
            let row = target.y + y * target.lumaStride
            for x in block.left..<block.right {
                row[x] = Self.sample(luma.cubic(place.x, place.y, weights))
                place += step + SIMD2(1, 0)
            }
        }
        for y in block.top / 2..<block.bottom / 2 {
            let (start, step) = corners.row((Float(2 * y - block.top) + 0.5) / Float(size))
            let offset = y * target.chromaStride
            for x in block.left / 2..<block.right / 2 {
                let move = start + step * (Float(2 * x - block.left) + 0.5)
                let place = SIMD2(Float(x), Float(y)) + move * 0.5
                target.u[offset + x] = Self.sample(u.bilinear(place.x, place.y))
                target.v[offset + x] = Self.sample(v.bilinear(place.x, place.y))
            }
        }
    }

    /// Offsets at a block's corners.
    private struct Corners {
        let topLeft: SIMD2<Float>
        let topRight: SIMD2<Float>
        let bottomLeft: SIMD2<Float>
        let bottomRight: SIMD2<Float>

        var isZero: Bool {
            topLeft == .zero && topRight == .zero && bottomLeft == .zero && bottomRight == .zero
        }

        /// The offset at the left end of a row, and what each pixel adds.
        @inline(__always)
        func row(_ down: Float) -> (start: SIMD2<Float>, step: SIMD2<Float>) {
            let left = topLeft + (bottomLeft - topLeft) * down
            let right = topRight + (bottomRight - topRight) * down
            return (left, (right - left) / Float(FaceRegion.blockSize))
        }
    }

    @inline(__always)
    private static func sample(_ value: Float) -> UInt8 {
        UInt8(min(255, max(0, value + 0.5)))
    }
}
