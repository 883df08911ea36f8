import Glibc

extension [SIMD2<Float>] {
    /// Gaussian means over time, `sigma` in frames. Beyond both ends the curve goes on mirrored through its end point, so
    /// that a movement there isn't held back.
    func smoothed(sigma: Float) -> [SIMD2<Float>] {
        guard count > 1 else { return self }
        let reach = Int(3 * sigma + 1)
        let weights = (-reach...reach).map { expf(-0.5 * (Float($0) / sigma) * (Float($0) / sigma)) }
        let sum = weights.reduce(0, +)
        return indices.map { index in
            var total = SIMD2<Float>.zero
            for (offset, weight) in weights.enumerated() { total += weight * continued(index + offset - reach) }
            return total / sum
        }
    }

    /// The value at an index that may lie outside.
    private func continued(_ index: Int) -> SIMD2<Float> {
        if index < 0 { return 2 * self[0] - self[Swift.min(-index, count - 1)] }
        let last = count - 1
        if index > last { return 2 * self[last] - self[Swift.max(0, 2 * last - index)] }
        return self[index]
    }
}
