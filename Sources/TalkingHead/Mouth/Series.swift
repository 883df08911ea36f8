/// One value for each frame of a clip: the windows that listening takes, all centred, with the border value repeated.
extension [Float] {
    /// The value below which `fraction` (0...1) of the values lie; 0 of nothing.
    package func percentile(_ fraction: Float) -> Float {
        guard !isEmpty else { return 0 }
        let order = sorted()
        let position = fraction * Float(count - 1)
        let index = Swift.min(Int(position), count - 1)
        let next = Swift.min(index + 1, count - 1)
        return order[index] + (order[next] - order[index]) * (position - Float(index))
    }

    /// Weighted means over an odd number of neighbours.
    package func smoothed(_ weights: [Float]) -> [Float] {
        let (half, sum) = (weights.count / 2, weights.reduce(0, +))
        return indices.map { index in
            var total: Float = 0
            for (offset, weight) in weights.enumerated() {
                total += weight * self[Swift.min(Swift.max(index + offset - half, 0), count - 1)]
            }
            return total / sum
        }
    }
}
