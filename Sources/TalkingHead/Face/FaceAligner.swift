import Glibc

/// How a face moved from one frame to the next, to a few hundredths of a pixel.
///
/// Lucas and Kanade's alignment over the part of the face that does not speak (brows to nose base), all of its pixels
/// at once: a similarity is searched that brings the new frame onto the old one. Pixels that don't fit (a blink, hair)
/// count less.
struct FaceAligner {
    /// Of the normalised crop: eyes level, `eyeDistance` apart, a little above the middle.
    private static let (width, height, eyeDistance): (Int, Int, Float) = (88, 72, 40)
    private static let eyeRow: Float = 34
    private static let steps = 12

    /// From the crop to the frame that it was taken from.
    private let placement: Similarity
    private let samples: [Float]
    /// How each sample changes with scale, turn, x and y.
    private let slopes: [SIMD4<Float>]

    /// - Parameter points: the 68 points in the frame.
    init(_ points: [SIMD2<Float>], in pyramid: PicturePyramid) {
        let half = Self.eyeDistance / 2
        let crop = [SIMD2(-half, 0), SIMD2(half, 0)].map { $0 + SIMD2(0, Self.eyeRow - Float(Self.height) / 2) }
        placement = Similarity(fitting: crop, to: [points[36..<42].mean, points[42..<48].mean])
        samples = Self.sample(pyramid, placement)
        slopes = Self.slopes(of: samples)
    }

    /// The movement from this frame to another one; nil when none is found near `guess`.
    func motion(to pyramid: PicturePyramid, guess: Similarity) -> Similarity? {
        let start = guess.after(placement)
        var current = start
        for _ in 0..<Self.steps {
            guard let step = step(to: Self.sample(pyramid, current)) else { return nil }
            current = current.after(step.inverse)
            let change = step.shift.length + (step.turn - SIMD2(1, 0)).length * Float(Self.width) / 2
            if change < 0.004 { break }
        }
        // further away than the mesh can be wrong: it has run off
        guard (current.shift - start.shift).length < Self.eyeDistance * 0.15 * placement.scale else { return nil }
        return current.after(placement.inverse)
    }

    /// One Gauss-Newton step with Huber's weights: the small movement that explains the difference best.
    private func step(to other: [Float]) -> Similarity? {
        var errors = [Float](repeating: 0, count: samples.count)
        for index in errors.indices { errors[index] = other[index] - samples[index] }
        // light that changes isn't movement
        let mean = errors.reduce(0, +) / Float(errors.count)
        var spread: Float = 0
        for index in errors.indices {
            errors[index] -= mean
            spread += abs(errors[index])
        }
        // 1.345 standard deviations by Huber; 1.253 mean deviations are one
        let bound = max(0.5, 1.345 * 1.253 * spread / Float(errors.count))
        var columns = [SIMD4<Float>](repeating: .zero, count: 4)
        var target = SIMD4<Float>.zero
        for (error, slope) in zip(errors, slopes) {
            let weighted = slope * min(1, bound / max(abs(error), 1e-3))
            target += weighted * error
            columns[0] += weighted * slope.x
            columns[1] += weighted * slope.y
            columns[2] += weighted * slope.z
            columns[3] += weighted * slope.w
        }
        return Self.solve(columns, target).map {
            Similarity(turn: SIMD2(1 + $0.x, $0.y), shift: SIMD2($0.z, $0.w))
        }
    }

    /// Positions are centred, so that turn and shift hardly depend on each other.
    private static func sample(_ pyramid: PicturePyramid, _ placement: Similarity) -> [Float] {
        let level = pyramid.level(step: placement.scale)
        let picture = pyramid.levels[level]
        let plane = PlaneSampler(
            base: picture.y, stride: picture.lumaStride, width: picture.width, height: picture.height)
        let shrink = 1 / Float(1 << level)
        // points are pixels, and pixel n of the picture lies between two of a level
        let offset = SIMD2<Float>(repeating: 0.5 * shrink - 0.5)
        var samples = [Float](repeating: 0, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let place = placement(centred(column, row)) * shrink + offset
                samples[row * width + column] = Bilinear(place.x, place.y, plane).sample(plane.base)
            }
        }
        return samples
    }

    private static func slopes(of samples: [Float]) -> [SIMD4<Float>] {
        var slopes = [SIMD4<Float>](repeating: .zero, count: samples.count)
        for row in 1..<height - 1 {
            for column in 1..<width - 1 {
                let index = row * width + column
                let x = (samples[index + 1] - samples[index - 1]) / 2
                let y = (samples[index + width] - samples[index - width]) / 2
                let place = centred(column, row)
                slopes[index] = SIMD4(x * place.x + y * place.y, y * place.x - x * place.y, x, y)
            }
        }
        return slopes
    }

    @inline(__always)
    private static func centred(_ column: Int, _ row: Int) -> SIMD2<Float> {
        SIMD2(Float(column) - Float(width) / 2, Float(row) - Float(height) / 2)
    }

    /// Gauss's elimination of a symmetric, positive system; nil when the picture has no structure.
    private static func solve(_ matrix: [SIMD4<Float>], _ target: SIMD4<Float>) -> SIMD4<Float>? {
        var (rows, values) = (matrix, target)
        for pivot in 0..<4 {
            guard rows[pivot][pivot] > 1 else { return nil }
            for row in 0..<4 where row != pivot {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                rows[row] -= rows[pivot] * factor
                values[row] -= values[pivot] * factor
            }
        }
        return SIMD4(
            values.x / rows[0].x, values.y / rows[1].y, values.z / rows[2].z, values.w / rows[3].w)
    }
}
