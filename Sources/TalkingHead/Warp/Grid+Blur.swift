extension Grid {
    /// Means over squares of 2 `radius` + 1; at the border over the part that lies within.
    func blurred(_ radius: Int) -> Grid {
        var across = self
        across.blurRows(radius)
        let values = [Float](unsafeUninitializedCapacity: values.count) { values, count in
            across.values.withUnsafeBufferPointer { across in
                Self.blurColumns(of: across, into: values, width, height, radius)
            }
            count = width * height
        }
        return Grid(width: width, height: height, values: values)
    }

    private mutating func blurRows(_ radius: Int) {
        let (width, height) = (width, height)
        values.withUnsafeMutableBufferPointer { values in
            withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: width + 1) { sums in
                for row in stride(from: 0, to: height, by: 4) {
                    // four rows at once, as every sum waits for the one before it; the last row may go along twice
                    let rows = SIMD4(row, min(row + 1, height - 1), min(row + 2, height - 1), min(row + 3, height - 1))
                    Self.blur(values, rowsAt: rows &* width, width, radius, sums)
                }
            }
        }
    }

    private static func blur(
        _ values: UnsafeMutableBufferPointer<Float>, rowsAt first: SIMD4<Int>, _ width: Int, _ radius: Int,
        _ sums: UnsafeMutableBufferPointer<SIMD4<Float>>
    ) {
        // sums up to each place, so that every mean costs the same
        var sum = SIMD4<Float>.zero
        sums[0] = sum
        for x in 0..<width {
            sum += SIMD4(values[first.x + x], values[first.y + x], values[first.z + x], values[first.w + x])
            sums[x + 1] = sum
        }
        for x in 0..<width {
            let (low, high) = (max(0, x - radius), min(width, x + radius + 1))
            let mean = (sums[high] - sums[low]) / Float(high - low)
            values[first.x + x] = mean.x
            values[first.y + x] = mean.y
            values[first.z + x] = mean.z
            values[first.w + x] = mean.w
        }
    }

    private static func blurColumns(
        of values: UnsafeBufferPointer<Float>, into means: UnsafeMutableBufferPointer<Float>, _ width: Int,
        _ height: Int, _ radius: Int
    ) {
        guard let values = values.baseAddress, let means = means.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { sums in
            sums.initialize(repeating: 0)
            guard let sums = sums.baseAddress else { return }
            // row after row, as columns lie far apart in memory
            for row in 0..<min(radius, height) { add(values + row * width, to: sums, width) }
            for row in 0..<height {
                if row + radius < height { add(values + (row + radius) * width, to: sums, width) }
                if row > radius { subtract(values + (row - radius - 1) * width, from: sums, width) }
                let share = 1 / Float(min(height, row + radius + 1) - max(0, row - radius))
                let means = means + row * width
                for x in 0..<width { means[x] = sums[x] * share }
            }
        }
    }

    private static func add(_ row: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, _ width: Int) {
        for x in 0..<width { sums[x] += row[x] }
    }

    private static func subtract(_ row: UnsafePointer<Float>, from sums: UnsafeMutablePointer<Float>, _ width: Int) {
        for x in 0..<width { sums[x] -= row[x] }
    }
}
