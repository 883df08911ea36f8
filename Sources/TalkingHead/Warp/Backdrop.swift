import CPixels

/// What lies behind a person who moves.
struct Backdrop {
    private let picture: YUVPicture
    /// How much of it the person hides in the still, 0...255; for chroma in `u`.
    let cover: YUVPicture
    let covers: (y: hgw_plane, u: hgw_plane)

    init(_ layers: PersonLayers) {
        (picture, cover) = (layers.backdrop, layers.cover)
        let luma = PlaneSampler(base: cover.y, stride: cover.lumaStride, width: cover.width, height: cover.height)
        let chroma = PlaneSampler(
            base: cover.u, stride: cover.chromaStride, width: cover.chromaWidth, height: cover.chromaHeight)
        covers = (luma.plane(cover.y), chroma.plane(cover.u))
    }

    /// Adds the background to the person's share of a block, whose luma's and chroma's covers lie row by row.
    ///
    /// - Parameter stride: of the luma's covers; the chroma's is half of it.
    func add(
        to target: YUVPicture, _ columns: Range<Int>, _ rows: Range<Int>,
        _ lumaCover: UnsafePointer<UInt8>, _ chromaCover: UnsafePointer<UInt8>, stride: Int
    ) {
        let (width, height) = (Int32(columns.count), Int32(rows.count))
        let luma = rows.lowerBound * target.lumaStride + columns.lowerBound
        hgw_add_behind(
            target.y + luma, target.lumaStride, picture.y + luma, picture.lumaStride, lumaCover, stride, width, height)
        let chroma = rows.lowerBound / 2 * target.chromaStride + columns.lowerBound / 2
        let step = target.chromaStride
        hgw_add_behind(
            target.u + chroma, step, picture.u + chroma, step, chromaCover, stride / 2, width / 2, height / 2)
        hgw_add_behind(
            target.v + chroma, step, picture.v + chroma, step, chromaCover, stride / 2, width / 2, height / 2)
    }

    /// Adds the background to the person's share of some luma samples, which `cover` tells at x, y.
    @inline(__always)
    func addLuma(to target: YUVPicture, _ columns: Range<Int>, _ rows: Range<Int>, cover: (Int, Int) -> UInt8) {
        for y in rows {
            let (samples, behind) = (target.y + y * target.lumaStride, picture.y + y * picture.lumaStride)
            for x in columns { Self.add(behind[x], to: &samples[x], cover: cover(x, y)) }
        }
    }

    @inline(__always)
    func addChroma(to target: YUVPicture, _ columns: Range<Int>, _ rows: Range<Int>, cover: (Int, Int) -> UInt8) {
        for y in rows {
            let offset = y * target.chromaStride
            for x in columns {
                let covered = cover(x, y)
                Self.add(picture.u[offset + x], to: &target.u[offset + x], cover: covered)
                Self.add(picture.v[offset + x], to: &target.v[offset + x], cover: covered)
            }
        }
    }

    @inline(__always)
    private static func add(_ behind: UInt8, to sample: inout UInt8, cover: UInt8) {
        let share = (Int32(behind) * (255 - Int32(cover)) + 127) / 255
        sample = UInt8(min(255, Int32(sample) + share))
    }
}
