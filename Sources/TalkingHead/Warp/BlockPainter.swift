import CPixels

/// Draws the blocks of a region; what lies outside it is left as it is.
struct BlockPainter {
    let source: YUVPicture
    let target: YUVPicture
    let map: FaceMap
    let weights: UnsafePointer<SIMD4<Float>>
    /// What is seen beside the source; nil where that is a whole picture.
    var backdrop: Backdrop?

    private let luma: PlaneSampler
    private let chroma: PlaneSampler
    private let planes: (y: hgw_plane, u: hgw_plane, v: hgw_plane)

    init(source: YUVPicture, target: YUVPicture, map: FaceMap, weights: UnsafePointer<SIMD4<Float>>) {
        self.source = source
        self.target = target
        self.map = map
        self.weights = weights
        luma = PlaneSampler(
            base: source.y, stride: source.lumaStride, width: source.width, height: source.height)
        chroma = PlaneSampler(
            base: source.u, stride: source.chromaStride, width: source.chromaWidth, height: source.chromaHeight)
        planes = (luma.plane(source.y), chroma.plane(source.u), chroma.plane(source.v))
    }

    func paint(_ region: FaceRegion) {
        var moves = Moves(region, map)
        for row in 0..<region.rows {
            for column in 0..<region.columns {
                let kind = region.kinds[row * region.columns + column]
                if kind == .still { continue }
                let block = Block(region, column, row, source)
                let (corners, isSmooth) = move(of: block, kind, &moves)
                if isSmooth { paintSmooth(block, corners) } else { paintChanges(block, corners) }
                guard region.showsBackdrop(atX: block.left, y: block.top), let backdrop else { continue }
                if isSmooth {
                    addSmoothly(backdrop, block, corners)
                } else {
                    add(backdrop, block, corners)
                }
            }
        }
    }

    /// How far away the source of a block is: with all that moves where its map is smooth, with the head only where not.
    private func move(of block: Block, _ kind: FaceRegion.Kind, _ moves: inout Moves) -> (Corners, isSmooth: Bool) {
        let head = moves.headCorners(block)
        if kind == .head || kind == .eyes && !map.eyesMove { return (head, true) }
        let half = Float(FaceRegion.blockSize) / 2
        let centre = SIMD2(Float(block.left) + half, Float(block.top) + half)
        let isSmooth = map.isSmooth(around: centre, size: 2 * half, headMove: head.middle, kind)
        return (isSmooth ? moves.corners(block) : head, isSmooth)
    }

    /// The pixels of a block, cut off at the picture's border; even numbers.
    private struct Block {
        let column: Int
        let row: Int
        let left: Int
        let top: Int
        let right: Int
        let bottom: Int

        init(_ region: FaceRegion, _ column: Int, _ row: Int, _ picture: YUVPicture) {
            (self.column, self.row) = (column, row)
            left = region.left + column * FaceRegion.blockSize
            top = region.top + row * FaceRegion.blockSize
            right = min(left + FaceRegion.blockSize, picture.width)
            bottom = min(top + FaceRegion.blockSize, picture.height)
        }
    }

    // MARK: blocks with mouth or eyes

    private func paintChanges(_ block: Block, _ corners: Corners) {
        for y in block.top..<block.bottom {
            let (row, old) = (target.y + y * target.lumaStride, source.y + y * source.lumaStride)
            var (move, step) = corners.row(Float(y - block.top))
            for x in block.left..<block.right {
                let change = map.change(at: SIMD2(Float(x), Float(y)), headMove: move)
                row[x] = change.map { Self.sample(lumaValue($0, x, y)) } ?? old[x]
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
                guard let change = map.change(at: pixel, headMove: move) else {
                    (target.u[offset + x], target.v[offset + x]) = (source.u[offset + x], source.v[offset + x])
                    continue
                }
                let value = chromaValue(change)
                (target.u[offset + x], target.v[offset + x]) = (Self.sample(value.x), Self.sample(value.y))
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
            colour = mix(colour, luma.cubic(change.teethSource.x, change.teethSource.y, weights), paint.ownTeeth)
        }
        return mix(value, colour, cover)
    }

    @inline(__always)
    private func chromaValue(_ change: FaceMap.Change) -> SIMD2<Float> {
        let cover = change.mouth?.cover ?? 0
        var value = chroma(at: change.source)
        if let lid = change.lid, lid.cover > 0 {
            let skin = chroma(at: change.lidSource)
            value += (lid.chroma(skin) - value) * lid.cover
        }
        guard let paint = change.mouth else { return value }
        var painted = SIMD2(paint.colour.y, paint.colour.z)
        if paint.ownTeeth > 0 { painted += (chroma(at: change.teethSource) - painted) * paint.ownTeeth }
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
        guard !corners.isZero else { return copy(block) }
        var (planes, corners) = (planes, corners.values)
        let (columns, rows) = (Int32(block.right - block.left), Int32(block.bottom - block.top))
        let (x, y) = (Int32(block.left), Int32(block.top))
        let luma = block.top * target.lumaStride + block.left
        hgw_warp_luma(&planes.y, target.y + luma, target.lumaStride, x, y, columns, rows, &corners, 0)
        let chroma = block.top / 2 * target.chromaStride + block.left / 2
        hgw_warp_chroma(
            &planes.u, &planes.v, target.u + chroma, target.v + chroma, target.chromaStride, x / 2, y / 2, columns / 2,
            rows / 2, &corners, 0)
    }

    // MARK: blocks at a person's border

    /// What is behind the person, where the person has left it free.
    private func addSmoothly(_ backdrop: Backdrop, _ block: Block, _ corners: Corners) {
        let size = FaceRegion.blockSize
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size * size + size * size / 2) { covers in
            guard let base = covers.baseAddress else { return }
            var (planes, corners) = (backdrop.covers, corners.values)
            let (columns, rows) = (Int32(block.right - block.left), Int32(block.bottom - block.top))
            let (x, y) = (Int32(block.left), Int32(block.top))
            hgw_warp_luma(&planes.y, base, size, x, y, columns, rows, &corners, 0)
            let chroma = base + size * size
            // one plane stands for both of the two that are drawn
            hgw_warp_chroma(
                &planes.u, &planes.u, chroma, chroma, size / 2, x / 2, y / 2, columns / 2, rows / 2, &corners, 0)
            backdrop.add(to: target, block.left..<block.right, block.top..<block.bottom, base, chroma, stride: size)
        }
    }

    private func add(_ backdrop: Backdrop, _ block: Block, _ corners: Corners) {
        func source(_ pixel: SIMD2<Float>) -> SIMD2<Float> {
            let (start, step) = corners.row(pixel.y - Float(block.top))
            let move = start + step * (pixel.x - Float(block.left))
            return map.change(at: pixel, headMove: move)?.source ?? pixel
        }
        let cover = backdrop.cover
        backdrop.addLuma(to: target, block.left..<block.right, block.top..<block.bottom) { x, y in
            let place = source(SIMD2(Float(x), Float(y)))
            return Self.sample(Bilinear(place.x, place.y, luma).sample(cover.y))
        }
        backdrop.addChroma(to: target, block.left / 2..<block.right / 2, block.top / 2..<block.bottom / 2) { x, y in
            let place = source(SIMD2(Float(2 * x) + 0.5, Float(2 * y) + 0.5))
            return Self.sample(Bilinear((place.x - 0.5) * 0.5, (place.y - 0.5) * 0.5, chroma).sample(cover.u))
        }
    }

    private func copy(_ block: Block) {
        for y in block.top..<block.bottom {
            let offset = y * source.lumaStride + block.left
            (target.y + offset).update(from: source.y + offset, count: block.right - block.left)
        }
        for y in block.top / 2..<block.bottom / 2 {
            let offset = y * source.chromaStride + block.left / 2
            (target.u + offset).update(from: source.u + offset, count: (block.right - block.left) / 2)
            (target.v + offset).update(from: source.v + offset, count: (block.right - block.left) / 2)
        }
    }

    /// From how far away the source comes at the corners of all blocks: four blocks meet in each.
    private struct Moves {
        private let region: FaceRegion
        private let map: FaceMap
        private let columns: Int
        /// With the head only; empty where it keeps still.
        private let head: [SIMD2<Float>]
        /// With all that moves; not a number where nobody has asked yet.
        private var all: [SIMD2<Float>]

        init(_ region: FaceRegion, _ map: FaceMap) {
            (self.region, self.map) = (region, map)
            let columns = region.columns + 1
            let count = columns * (region.rows + 1)
            self.columns = columns
            all = [SIMD2<Float>](repeating: SIMD2(repeating: .nan), count: count)
            head = map.head == nil ? [] : (0..<count).map { map.headOffset(at: Self.place(region, columns, $0)) }
        }

        private static func place(_ region: FaceRegion, _ columns: Int, _ index: Int) -> SIMD2<Float> {
            let x = region.left + index % columns * FaceRegion.blockSize
            let y = region.top + index / columns * FaceRegion.blockSize
            return SIMD2(Float(x), Float(y))
        }

        func headCorners(_ block: Block) -> Corners {
            guard !head.isEmpty else { return Corners(.zero, .zero, .zero, .zero) }
            let top = block.row * columns + block.column
            let bottom = top + columns
            return Corners(head[top], head[top + 1], head[bottom], head[bottom + 1])
        }

        mutating func corners(_ block: Block) -> Corners {
            let top = block.row * columns + block.column
            let bottom = top + columns
            return Corners(move(top), move(top + 1), move(bottom), move(bottom + 1))
        }

        private mutating func move(_ index: Int) -> SIMD2<Float> {
            if all[index].x.isNaN {
                let place = Self.place(region, columns, index)
                all[index] = map.sourceOffset(at: place, headMove: head.isEmpty ? .zero : head[index])
            }
            return all[index]
        }
    }

    /// From how far away the source comes at a block's corners; between them it is taken as linear.
    private struct Corners {
        private let topLeft: SIMD2<Float>
        private let topRight: SIMD2<Float>
        private let bottomLeft: SIMD2<Float>
        private let bottomRight: SIMD2<Float>

        init(
            _ topLeft: SIMD2<Float>, _ topRight: SIMD2<Float>, _ bottomLeft: SIMD2<Float>, _ bottomRight: SIMD2<Float>
        ) {
            (self.topLeft, self.topRight) = (topLeft, topRight)
            (self.bottomLeft, self.bottomRight) = (bottomLeft, bottomRight)
        }

        var isZero: Bool {
            topLeft == .zero && topRight == .zero && bottomLeft == .zero && bottomRight == .zero
        }

        var middle: SIMD2<Float> { (topLeft + topRight + bottomLeft + bottomRight) / 4 }

        var values: hgw_corners {
            hgw_corners(
                left_top_x: topLeft.x, left_top_y: topLeft.y, right_top_x: topRight.x, right_top_y: topRight.y,
                left_bottom_x: bottomLeft.x, left_bottom_y: bottomLeft.y, right_bottom_x: bottomRight.x,
                right_bottom_y: bottomRight.y)
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
