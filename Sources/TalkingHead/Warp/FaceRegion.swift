/// The part of a picture that a face's warp may change, in blocks of 8 x 8 pixels, and what each block needs.
struct FaceRegion: Sendable {
    static let blockSize = 8

    enum Kind: UInt8, Sendable {
        /// Never changes.
        case still
        /// Goes with the head only.
        case head
        /// Also needs the eyes' map while they move.
        case eyes
        /// Always needs the whole map.
        case mouth
    }

    /// The first pixel; multiples of the block size.
    let left: Int
    let top: Int
    let columns: Int
    let rows: Int
    /// Row by row.
    private(set) var kinds: [Kind]
    /// Blocks in which background may come to be seen, row by row; empty where a head takes its background along.
    private var showing: [Bool] = []

    init(geometry: FaceGeometry, picture: YUVPicture, headMoves: Bool) {
        let bounds = Self.bounds(geometry, picture, headMoves: headMoves)
        (left, top) = (bounds.left, bounds.top)
        (columns, rows) = (bounds.columns, bounds.rows)
        kinds = (0..<bounds.columns * bounds.rows).map { index in
            let x = bounds.left + index % bounds.columns * Self.blockSize + Self.blockSize / 2
            let y = bounds.top + index / bounds.columns * Self.blockSize + Self.blockSize / 2
            return Self.kind(geometry, geometry.frame.face(SIMD2(Float(x), Float(y))), headMoves: headMoves)
        }
    }

    private static func kind(_ geometry: FaceGeometry, _ place: SIMD2<Float>, headMoves: Bool) -> Kind {
        // the head's own moves and half a block to each side
        let margin = (headMoves ? HeadMotion.most : 0) + Float(blockSize) / geometry.frame.scale
        let across = abs(place.x - geometry.mouthCentre)
        let mouth = across < geometry.mouthHalfWidth * ColumnGrid.reach + margin
        if mouth, place.y > geometry.noseBase - MouthWarp.cheekRise - margin, place.y < geometry.bottom + margin {
            return .mouth
        }
        let eyeLine = geometry.eyes.map(\.middle).min() ?? 0
        let eyes = across < 1.15 + margin && place.y < geometry.noseBase - 0.2 + margin
        if eyes, place.y > eyeLine - 0.75 - margin { return .eyes }
        return headMoves ? .head : .still
    }

    private static func bounds(
        _ geometry: FaceGeometry, _ picture: YUVPicture, headMoves: Bool
    ) -> (left: Int, top: Int, columns: Int, rows: Int) {
        let half = headMoves ? HeadMotion.reach.x + 0.1 : max(1.35, geometry.mouthHalfWidth * ColumnGrid.reach + 0.1)
        let up: Float = headMoves ? HeadMotion.middle - HeadMotion.reach.y - 0.1 : -2.1
        let down = geometry.bottom + (headMoves ? 0.65 : 0.1)
        let corners = [(-half, up), (half, up), (-half, down), (half, down)].map { u, v in
            geometry.frame.pixel(SIMD2(geometry.mouthCentre + u, v))
        }
        func span(_ values: [Float], _ limit: Int) -> (first: Int, blocks: Int) {
            let low = clamp(values.min() ?? 0, 0, Float(limit))
            let high = clamp(values.max() ?? 0, 0, Float(limit))
            let first = Int(low) / blockSize
            return (first * blockSize, (Int(high) + blockSize - 1) / blockSize - first)
        }
        let (x, y) = (span(corners.map(\.x), picture.width), span(corners.map(\.y), picture.height))
        return (x.first, y.first, max(0, x.blocks), max(0, y.blocks))
    }

    /// Leaves out the blocks that a person never gets to.
    ///
    /// - Parameters:
    ///   - cover: 0 background ... 255 person, in luma.
    ///   - reach: how far a place may move, pixels.
    mutating func cutOut(_ cover: YUVPicture, reach: Float) {
        var (least, most) = ([UInt8](), [UInt8]())
        for index in kinds.indices {
            let x = left + index % columns * Self.blockSize
            let y = top + index / columns * Self.blockSize
            var (low, high) = (UInt8.max, UInt8.min)
            for row in y..<min(y + Self.blockSize, cover.height) {
                for column in x..<min(x + Self.blockSize, cover.width) {
                    let value = cover.y[row * cover.lumaStride + column]
                    (low, high) = (min(low, value), max(high, value))
                }
            }
            least.append(low)
            most.append(high)
        }
        // a pixel more for what lies between samples
        let blocks = (Int(reach) + 2 + Self.blockSize - 1) / Self.blockSize
        (least, most) = (spread(least, blocks, min), spread(most, blocks, max))
        showing = zip(least, most).map { $0 < 255 && $1 > 0 }
        for index in kinds.indices where most[index] == 0 { kinds[index] = .still }
    }

    /// Background may come to be seen in the block of a pixel.
    @inline(__always)
    func showsBackdrop(atX x: Int, y: Int) -> Bool {
        let (column, row) = ((x - left) / Self.blockSize, (y - top) / Self.blockSize)
        guard x >= left, y >= top, column < columns, row < rows, !showing.isEmpty else { return false }
        return showing[row * columns + column]
    }

    /// The extreme over the blocks up to so many away.
    private func spread(_ values: [UInt8], _ blocks: Int, _ extreme: (UInt8, UInt8) -> UInt8) -> [UInt8] {
        values.indices.map { index in
            let (column, row) = (index % columns, index / columns)
            var result = values[index]
            for y in max(0, row - blocks)...min(rows - 1, row + blocks) {
                for x in max(0, column - blocks)...min(columns - 1, column + blocks) {
                    result = extreme(result, values[y * columns + x])
                }
            }
            return result
        }
    }
}
