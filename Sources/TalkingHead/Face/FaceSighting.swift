/// What is kept of a picture of a video avatar in which a face was seen; all of it as the picture alone shows it.
package struct FaceSighting: Hashable, Sendable {
    /// The 68 points, in pixels.
    package var points: [SIMD2<Float>]
    /// The movement since the picture before; nil where the face appears, and at a cut.
    package var motion: Similarity?
    /// The lips' edges in the coordinates of this face; nil where nobody has looked.
    package var lips: LipEdges?

    package init(points: [SIMD2<Float>], motion: Similarity?, lips: LipEdges? = nil) {
        self.points = points
        self.motion = motion
        self.lips = lips
    }

    /// The points that don't speak: nose, eyes, ends of the brows.
    static let rigidPoints = [17, 21, 22, 26] + Array(27..<48)

    static func rigid(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
        rigidPoints.map { points[$0] }
    }

    var rigid: [SIMD2<Float>] { Self.rigid(points) }

    /// Of the eyes, in pixels.
    var eyeDistance: Float { (points[42..<48].mean - points[36..<42].mean).length }
}
