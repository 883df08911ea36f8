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
        let values = [Float](unsafeUninitializedCapacity: width * height) { values, count in
            for y in 0..<height { for x in 0..<width { values[y * width + x] = value(x, y) } }
            count = width * height
        }
        self.init(width: width, height: height, values: values)
    }

    /// Value by value with another grid of the same size.
    @inline(__always)
    func with(_ other: Grid, _ combine: (Float, Float) -> Float) -> Grid {
        precondition(other.width == width && other.height == height)
        let combined = [Float](unsafeUninitializedCapacity: values.count) { combined, count in
            values.withUnsafeBufferPointer { mine in
                other.values.withUnsafeBufferPointer { others in
                    for index in mine.indices { combined[index] = combine(mine[index], others[index]) }
                }
            }
            count = values.count
        }
        return Grid(width: width, height: height, values: combined)
    }

    @inline(__always)
    func map(_ change: (Float) -> Float) -> Grid {
        let changed = [Float](unsafeUninitializedCapacity: values.count) { changed, count in
            values.withUnsafeBufferPointer { values in
                for index in values.indices { changed[index] = change(values[index]) }
            }
            count = values.count
        }
        return Grid(width: width, height: height, values: changed)
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
