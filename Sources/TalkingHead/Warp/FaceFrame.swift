import Glibc

/// The face's own coordinates: origin in the middle of the mouth, u along the eye line to the viewer's right, v down,
/// one unit = the distance between the eye centres (IOD). All amplitudes of the warp are in it, so they hold at any
/// size and tilt.
package struct FaceFrame: Sendable {
    package let origin: SIMD2<Float>
    /// Pixels in one IOD.
    package let scale: Float
    private let inverseScale: Float
    /// The direction of u in the picture.
    package let cosine: Float
    package let sine: Float

    package init(points: FacePoints) {
        let (left, right) = (points.leftEye, points.rightEye)
        let across = right - left
        scale = max(1, hypotf(across.x, across.y))
        inverseScale = 1 / scale
        let angle = atan2f(across.y, across.x)
        (cosine, sine) = (cosf(angle), sinf(angle))
        origin = (points.points[48] + points.points[54]) / 2
    }

    /// A place of the picture (pixels) in face coordinates.
    @inline(__always)
    package func face(_ pixel: SIMD2<Float>) -> SIMD2<Float> {
        let d = (pixel - origin) * inverseScale
        return SIMD2(d.x * cosine + d.y * sine, d.y * cosine - d.x * sine)
    }

    /// A place of the face in pixels.
    @inline(__always)
    package func pixel(_ face: SIMD2<Float>) -> SIMD2<Float> {
        let d = face * scale
        return SIMD2(origin.x + d.x * cosine - d.y * sine, origin.y + d.x * sine + d.y * cosine)
    }
}

extension FacePoints {
    /// The middle of the eye on the viewer's left, in pixels.
    package var leftEye: SIMD2<Float> { points[36..<42].reduce(.zero, +) / 6 }
    /// The middle of the eye on the viewer's right, in pixels.
    package var rightEye: SIMD2<Float> { points[42..<48].reduce(.zero, +) / 6 }
}
