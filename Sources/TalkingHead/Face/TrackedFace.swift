/// A face in a frame of a video avatar, steadied.
package struct TrackedFace: Hashable, Sendable {
    package var points: FacePoints
    /// 0...1: how far the mouth may be moved; less beside frames without a face, and towards a profile.
    package var weight: Float
    /// The lips' edges in the coordinates of this face.
    package var lips: LipEdges?
    /// Counts the takes between cuts: light and colours hold within one.
    package var take: Int

    package init(points: FacePoints, weight: Float, lips: LipEdges? = nil, take: Int = 0) {
        self.points = points
        self.weight = weight
        self.lips = lips
        self.take = take
    }
}
