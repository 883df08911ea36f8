/// What may lie behind a person: the background's colours carried on, over the cells of a matte.
struct BackdropFill {
    let luma: Grid
    let u: Grid
    let v: Grid

    init(matte: PersonMatte) {
        let (level, origin) = (matte.level, matte.origin)
        let clear = Grid(width: matte.width, height: matte.height) { x, y in
            if let cover = matte.cover(ofCell: x, y) { return 1 - cover }
            let luma = Float(level.y[(origin.y + y) * level.lumaStride + origin.x + x])
            return 1 - matte.cover(at: SIMD2(Float(x), Float(y)), luma: luma)
        }
        // a little of a person tints
        let clearest = clear.blurred(1).map { max(0, 10 * $0 - 9) }
        let near = max(2, Int(0.05 * matte.scale))
        let stretches = [5 * near, near].map { Stretch(radius: $0, weight: clearest.blurred($0)) }
        func carriedOn(_ plane: UnsafeMutablePointer<UInt8>, _ stride: Int, half: Int) -> Grid {
            let values = Grid(width: matte.width, height: matte.height) { x, y in
                Float(plane[(origin.y + y) / half * stride + (origin.x + x) / half])
            }
            let weighted = values.with(clearest, *)
            return stretches.reduce(values) { $1.carriedOn($0, weighted) }
        }
        luma = carriedOn(level.y, level.lumaStride, half: 1)
        u = carriedOn(level.u, level.chromaStride, half: 2)
        v = carriedOn(level.v, level.chromaStride, half: 2)
    }

    /// How far colours are carried: where nothing is clear near by, from further away.
    private struct Stretch {
        let radius: Int
        /// How much is clear around each cell.
        let weight: Grid

        /// Means of the clear values around, over what is there so far.
        func carriedOn(_ soFar: Grid, _ weighted: Grid) -> Grid {
            let mean = weighted.blurred(radius).with(weight) { $1 > 0.001 ? $0 / $1 : 0 }
            let share = weight.map { $0 > 0.001 ? min(1, 20 * $0) : 0 }
            return soFar.with(share) { $0 * (1 - $1) }.with(mean.with(share, *), +)
        }
    }
}
