extension YUVPicture {
    /// As it is to be shown: another picture, or this one where nothing has to be done.
    func turned(_ turn: Orientation) -> YUVPicture {
        guard turn != .upright else { return self }
        let size = PictureSize(width: width, height: height).turned(turn)
        let result = YUVPicture(width: size.width, height: size.height)
        Self.turn(y, lumaStride, width, height, turn, into: result.y, result.lumaStride)
        Self.turn(u, chromaStride, chromaWidth, chromaHeight, turn, into: result.u, result.chromaStride)
        Self.turn(v, chromaStride, chromaWidth, chromaHeight, turn, into: result.v, result.chromaStride)
        return result
    }

    private static func turn(
        _ source: UnsafePointer<UInt8>, _ stride: Int, _ width: Int, _ height: Int, _ turn: Orientation,
        into target: UnsafeMutablePointer<UInt8>, _ targetStride: Int
    ) {
        // how far the source moves for a step to the right and for one down
        let (right, down) = (turn.mirrorsColumns ? -1 : 1, turn.mirrorsRows ? -stride : stride)
        let first = (turn.mirrorsColumns ? width - 1 : 0) + (turn.mirrorsRows ? (height - 1) * stride : 0)
        let (columns, rows) = turn.swapsSides ? (height, width) : (width, height)
        let (step, leap) = turn.swapsSides ? (down, right) : (right, down)
        for row in 0..<rows {
            let (from, to) = (source + first + row * leap, target + row * targetStride)
            for column in 0..<columns { to[column] = from[column * step] }
        }
    }
}
