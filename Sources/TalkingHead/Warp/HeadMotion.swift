import Glibc

/// The pose of the head in one frame, in IOD and radians.
package struct HeadPose: Hashable, Sendable {
    package var x: Float = 0
    package var y: Float = 0
    package var roll: Float = 0
    /// Parallax: the middle of the face moves against its rim, which looks like turning in space.
    package var yaw: Float = 0
    package var pitch: Float = 0
}

/// Moves a still's head a little, fading out before the picture's border and towards the background.
package struct HeadMotion {
    private let frame: FaceFrame
    private let centre: Float
    private let bottom: Float
    private let pivot: Float
    private let size: SIMD2<Float>
    private let pose: HeadPose
    /// From here, in the head's reach, the move fades.
    private let fade: Float
    private let cosine: Float
    private let sine: Float

    /// The head's reach in IOD from `middle`: sideways, up; down to 0.55 below the chin's own end.
    package static let reach = SIMD2<Float>(2.55, 2.75)
    package static let middle: Float = -0.75
    /// Further than this no place of a face goes, in IOD: twice as lively as lively, measured over hours.
    package static let most: Float = 0.23
    /// The same for some settings, for all that moves is as large as these.
    static func most(_ life: LifeSettings) -> Float {
        let lively = LifeSettings.lively
        return most * min(1, max(life.head / (2 * lively.head), life.breath / (2 * lively.breath)))
    }
    /// The move fades out over this distance from the picture's border.
    private static let border: Float = 0.6

    /// - Parameter isCutOut: only the person moves, so that hair and hats may go with the head to their ends.
    package init(geometry: FaceGeometry, pose: HeadPose, picture: YUVPicture, isCutOut: Bool = false) {
        fade = isCutOut ? 0.6 : 0.3
        frame = geometry.frame
        centre = geometry.mouthCentre
        bottom = geometry.bottom + 0.55
        pivot = geometry.chin + 0.35
        size = SIMD2(Float(picture.width - 1), Float(picture.height - 1))
        self.pose = pose
        (cosine, sine) = (cosf(pose.roll), sinf(pose.roll))
    }

    /// Where in the unmoved head a place lies; nil where the head doesn't reach.
    @inline(__always)
    package func place(_ face: SIMD2<Float>, pixel: SIMD2<Float>) -> SIMD2<Float>? {
        let down = face.y - Self.middle
        let x = (face.x - centre) / Self.reach.x
        let y = down < 0 ? down / Self.reach.y : down / (bottom - Self.middle)
        let distance = x * x + y * y
        guard distance < 1 else { return nil }
        var weight = 1 - smoothstep(fade, 1.0, distance)
        let inset = min(pixel.x, size.x - pixel.x, pixel.y, size.y - pixel.y) / frame.scale
        if inset < Self.border { weight *= smoothstep(0, Self.border, inset) }
        let p = SIMD2(face.x - centre - pose.x, face.y - pivot - pose.y)
        var moved = SIMD2(p.x * cosine + p.y * sine + centre, p.y * cosine - p.x * sine + pivot)
        let (bx, by) = ((face.x - centre) / 1.25, down / 1.7)
        let bump = 1 - bx * bx - by * by
        if bump > 0 {
            moved.x -= pose.yaw * bump * bump
            moved.y -= pose.pitch * bump * bump
        }
        return face + (moved - face) * weight
    }
}
