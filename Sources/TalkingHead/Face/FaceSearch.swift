/// Where the detector is sent: it sees nothing that is much smaller than the square it gets.
enum FaceSearch {
    /// Squares of a picture, in the order to try them; the next only when those before held no face.
    static func squares(of size: SIMD2<Float>) -> [[FaceCrop]] {
        let (long, middle) = (max(size.x, size.y), size / 2)
        let whole = FaceCrop(centre: middle, side: long)
        // a face that fills the picture is found better with some room around it
        let roomy = FaceCrop(centre: middle, side: long * 1.6)
        return [[whole], [roomy], tiles(of: size, side: long / 2), tiles(of: size, side: long / 4)]
    }

    /// Squares that overlap by half, so that a face of half their size lies whole in one of them.
    private static func tiles(of size: SIMD2<Float>, side: Float) -> [FaceCrop] {
        func centres(_ length: Float) -> [Float] {
            guard length > side else { return [length / 2] }
            let count = ((length - side) / (side / 2)).rounded(.up)
            return stride(from: 0, through: count, by: 1).map { side / 2 + (length - side) * $0 / count }
        }
        return centres(size.y).flatMap { y in
            centres(size.x).map { x in FaceCrop(centre: SIMD2(x, y), side: side) }
        }
    }
}
