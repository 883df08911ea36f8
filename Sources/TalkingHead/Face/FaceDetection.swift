import Glibc

/// One face that the detector saw, in continuous positions of the picture.
struct FaceDetection: Hashable, Sendable {
    var centre: SIMD2<Float>
    var size: SIMD2<Float>
    var leftEye: SIMD2<Float>
    var rightEye: SIMD2<Float>
    /// 0...1.
    var score: Float

    /// The turned square that Face Mesh was trained on: half as large again as the box of the face.
    var crop: FaceCrop {
        let eyes = rightEye - leftEye
        return FaceCrop(centre: centre, side: max(size.x, size.y) * 1.5, angle: atan2f(eyes.y, eyes.x))
    }

    /// Which of several faces is the one that speaks: sure, large and central.
    func rank(in picture: SIMD2<Float>) -> Float {
        let off = centre / picture - SIMD2(repeating: 0.5)
        return score * (size.x * size.y).squareRoot() * (1 - 0.4 * off.length)
    }

    /// The area of both boxes' overlap by that of their union.
    func overlap(with other: FaceDetection) -> Float {
        let low = pointwiseMax(centre - size / 2, other.centre - other.size / 2)
        let high = pointwiseMin(centre + size / 2, other.centre + other.size / 2)
        let both = pointwiseMax(high - low, .zero)
        let shared = both.x * both.y
        return shared / max(1e-6, size.x * size.y + other.size.x * other.size.y - shared)
    }

    /// One detection for each face: those that overlap by 0.3 or more (MediaPipe's figure) are averaged by their scores.
    static func merged(_ detections: [FaceDetection]) -> [FaceDetection] {
        var rest = detections.sorted { $0.score > $1.score }
        var faces: [FaceDetection] = []
        while let best = rest.first {
            let same = rest.filter { $0.overlap(with: best) >= 0.3 || $0 == best }
            rest.removeAll { $0.overlap(with: best) >= 0.3 || $0 == best }
            faces.append(weightedMean(same, score: best.score))
        }
        return faces
    }

    private static func weightedMean(_ same: [FaceDetection], score: Float) -> FaceDetection {
        let total = same.reduce(0) { $0 + $1.score }
        func mean(_ value: KeyPath<FaceDetection, SIMD2<Float>>) -> SIMD2<Float> {
            same.reduce(.zero) { $0 + $1[keyPath: value] * $1.score } / total
        }
        return FaceDetection(
            centre: mean(\.centre), size: mean(\.size), leftEye: mean(\.leftEye), rightEye: mean(\.rightEye),
            score: score)
    }
}
