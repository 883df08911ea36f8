/// Values on a coarse grid, row by row.
package struct Grid: Sendable {
    package let width: Int
    package let height: Int
    package var values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        precondition(values.count == width * height)
        (self.width, self.height, self.values) = (width, height, values)
    }

    package init(width: Int, height: Int, value: (_ x: Int, _ y: Int) -> Float) {
        var values: [Float] = []
        values.reserveCapacity(width * height)
        for y in 0..<height { for x in 0..<width { values.append(value(x, y)) } }
        self.init(width: width, height: height, values: values)
    }

    /// Value by value with another grid of the same size.
    @inline(__always)
    func with(_ other: Grid, _ combine: (Float, Float) -> Float) -> Grid {
        var result = self
        for index in values.indices { result.values[index] = combine(values[index], other.values[index]) }
        return result
    }

    @inline(__always)
    func map(_ change: (Float) -> Float) -> Grid {
        Grid(width: width, height: height, values: values.map(change))
    }

    /// Means over squares of 2 `radius` + 1; at the border over the part that lies within.
    func blurred(_ radius: Int) -> Grid {
        var result = self
        result.blurRows(radius)
        result.blurColumns(radius)
        return result
    }

    private mutating func blurRows(_ radius: Int) {
        // sums up to each place, so that every mean costs the same
        var sums = [Float](repeating: 0, count: width + 1)
        for first in stride(from: 0, to: values.count, by: width) {
            for x in 0..<width { sums[x + 1] = sums[x] + values[first + x] }
            for x in 0..<width {
                let (low, high) = (max(0, x - radius), min(width, x + radius + 1))
                values[first + x] = (sums[high] - sums[low]) / Float(high - low)
            }
        }
    }

    private mutating func blurColumns(_ radius: Int) {
        // row after row, as columns lie far apart in memory
        let source = values
        var sums = [Float](repeating: 0, count: width)
        func add(_ row: Int, _ sign: Float) {
            for x in 0..<width { sums[x] += sign * source[row * width + x] }
        }
        for row in 0..<min(radius, height) { add(row, 1) }
        for row in 0..<height {
            if row + radius < height { add(row + radius, 1) }
            if row - radius - 1 >= 0 { add(row - radius - 1, -1) }
            let share = 1 / Float(min(height, row + radius + 1) - max(0, row - radius))
            for x in 0..<width { values[row * width + x] = sums[x] * share }
        }
    }

    /// Between the values, whose places are whole numbers; held within the grid.
    @inline(__always)
    func sample(_ x: Float, _ y: Float) -> Float {
        let x = clamp(x, 0, Float(width - 1))
        let y = clamp(y, 0, Float(height - 1))
        let (column, row) = (Int(x), Int(y))
        let (right, below) = (column + 1 < width ? 1 : 0, row + 1 < height ? width : 0)
        let first = row * width + column
        let fx = x - Float(column)
        return mix(
            mix(values[first], values[first + right], fx),
            mix(values[first + below], values[first + below + right], fx), y - Float(row))
    }
}
