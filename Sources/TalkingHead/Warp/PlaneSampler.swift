import CPixels
import Glibc

/// Samples of a plane between pixels. Luma by Catmull-Rom: bilinear skin would shimmer as the head moves.
struct PlaneSampler {
    let base: UnsafePointer<UInt8>
    let stride: Int
    let width: Int
    let height: Int
    /// Up to here the four samples to each side are within the plane.
    private let lastColumn: Float
    private let lastRow: Float

    init(base: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int) {
        self.base = base
        self.stride = stride
        self.width = width
        self.height = height
        (lastColumn, lastRow) = (Float(width - 2), Float(height - 2))
    }

    /// These samples, or others of the same size, as C is given them.
    func plane(_ samples: UnsafePointer<UInt8>) -> hgw_plane {
        hgw_plane(samples: samples, stride: stride, width: Int32(width), height: Int32(height))
    }

    /// Cubic, 1/256 pixel phases.
    @inline(__always)
    func cubic(_ x: Float, _ y: Float, _ weights: UnsafePointer<SIMD4<Float>>) -> Float {
        guard x >= 1, y >= 1, x < lastColumn, y < lastRow else { return Bilinear(x, y, self).sample(base) }
        let (column, row) = (Int(x), Int(y))
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
    private static func four(_ pointer: UnsafeRawPointer) -> SIMD4<Float> {
        SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: pointer.loadUnaligned(as: SIMD4<UInt8>.self)))
    }
}

/// The four samples around a place and their shares, the same for both chroma planes; held within the plane.
struct Bilinear {
    private let offset: Int
    private let right: Int
    private let below: Int
    private let fx: Float
    private let fy: Float

    @inline(__always)
    init(_ x: Float, _ y: Float, _ plane: PlaneSampler) {
        let x = clamp(x, 0, Float(plane.width - 1))
        let y = clamp(y, 0, Float(plane.height - 1))
        let (column, row) = (Int(x), Int(y))
        (fx, fy) = (x - Float(column), y - Float(row))
        offset = row * plane.stride + column
        right = column + 1 < plane.width ? 1 : 0
        below = row + 1 < plane.height ? plane.stride : 0
    }

    @inline(__always)
    func sample(_ plane: UnsafePointer<UInt8>) -> Float {
        let top = plane + offset
        let bottom = top + below
        return mix(mix(Float(top[0]), Float(top[right]), fx), mix(Float(bottom[0]), Float(bottom[right]), fx), fy)
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
