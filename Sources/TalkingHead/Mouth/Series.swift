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

    /// The greatest value within `reach` frames to each side.
    package func greatest(within reach: Int) -> [Float] {
        indices.map { index in
            self[Swift.max(0, index - reach)...Swift.min(count - 1, index + reach)].max() ?? 0
        }
    }

    /// Means within `reach` frames to each side of the values at which `weights` is not 0; 0 where there are none.
    package func means(within reach: Int, weights: [Float]) -> [Float] {
        var sums: [(value: Double, weight: Double)] = [(0, 0)]
        sums.reserveCapacity(count + 1)
        for index in indices {
            let (value, weight) = sums[index]
            sums.append((value + Double(self[index] * weights[index]), weight + Double(weights[index])))
        }
        return indices.map { index in
            let (first, end) = (sums[Swift.max(0, index - reach)], sums[Swift.min(count, index + reach + 1)])
            let weight = end.weight - first.weight
            return weight > 0 ? Float((end.value - first.value) / weight) : 0
        }
    }
}
