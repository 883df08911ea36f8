import Glibc

/// Samples of a plane between pixels. Luma by Catmull-Rom (bilinear skin would shimmer as the head moves), chroma bilinear.
struct PlaneSampler {
    let base: UnsafePointer<UInt8>
    let stride: Int
    let width: Int
    let height: Int

    /// Cubic, 1/256 pixel phases.
    @inline(__always)
    func cubic(_ x: Float, _ y: Float, _ weights: UnsafePointer<SIMD4<Float>>) -> Float {
        let column = Int(x.rounded(.down))
        let row = Int(y.rounded(.down))
        guard column >= 1, row >= 1, column < width - 2, row < height - 2 else { return bilinear(x, y) }
        let wx = weights[Int((x - Float(column)) * 256 + 0.5)]
        let wy = weights[Int((y - Float(row)) * 256 + 0.5)]
        let first = UnsafeRawPointer(base + (row - 1) * stride + column - 1)
        var sum = Self.four(first) * wy.x
        sum += Self.four(first + stride) * wy.y
        sum += Self.four(first + 2 * stride) * wy.z
        sum += Self.four(first + 3 * stride) * wy.w
        return (sum * wx).sum()
    }

    @inline(__always)
    func bilinear(_ x: Float, _ y: Float) -> Float {
        let x = clamp(x, 0, Float(width - 1))
        let y = clamp(y, 0, Float(height - 1))
        let (column, row) = (Int(x), Int(y))
        let (fx, fy) = (x - Float(column), y - Float(row))
        let right = column + 1 < width ? 1 : 0
        let top = base + row * stride + column
        let bottom = row + 1 < height ? top + stride : top
        return mix(mix(Float(top[0]), Float(top[right]), fx), mix(Float(bottom[0]), Float(bottom[right]), fx), fy)
    }

    @inline(__always)
    private static func four(_ pointer: UnsafeRawPointer) -> SIMD4<Float> {
        SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: pointer.loadUnaligned(as: SIMD4<UInt8>.self)))
    }
}

/// Weights of the four samples around a place, for each of 256 places between two pixels.
final class CubicWeights: @unchecked Sendable {
    // unchecked: written here and nowhere else
    let table: UnsafeMutablePointer<SIMD4<Float>>

    init() {
        table = .allocate(capacity: 257)
        for index in 0...256 {
            let f = Float(index) / 256
            let (f2, f3) = (f * f, f * f * f)
            (table + index).initialize(
                to: SIMD4(
                    -0.5 * f + f2 - 0.5 * f3, 1 - 2.5 * f2 + 1.5 * f3, 0.5 * f + 2 * f2 - 1.5 * f3, 0.5 * f3 - 0.5 * f2)
            )
        }
    }

    deinit {
        table.deallocate()
    }
}
