extension YUVPicture {
    /// Fills the picture with a gray.
    func fill(luma: UInt8) {
        y.update(repeating: luma, count: lumaStride * height)
        u.update(repeating: 128, count: chromaStride * chromaHeight)
        v.update(repeating: 128, count: chromaStride * chromaHeight)
    }

    /// Copies a whole picture to an even place where it fits.
    func paste(_ other: YUVPicture, x: Int, y top: Int) {
        precondition(x % 2 == 0 && top % 2 == 0 && x + other.width <= width && top + other.height <= height)
        for row in 0..<other.height {
            (y + (top + row) * lumaStride + x).update(from: other.y + row * other.lumaStride, count: other.width)
        }
        for row in 0..<other.chromaHeight {
            let (target, source) = ((top / 2 + row) * chromaStride + x / 2, row * other.chromaStride)
            (u + target).update(from: other.u + source, count: other.chromaWidth)
            (v + target).update(from: other.v + source, count: other.chromaWidth)
        }
    }
}
