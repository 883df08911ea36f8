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
    let kinds: [Kind]

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
}
