/// What is known of a video avatar: found once, used for every sound that it speaks.
///
/// Everything in it follows from the frames before alone, so that a record may be continued where it ends, and the
/// beginning of a longer one is a shorter one.
package struct FaceRecord: Hashable, Sendable {
    /// One for each picture that differs from the one before it; nil where there is no face.
    package internal(set) var sightings: [FaceSighting?] = []
    /// Which of them each frame shows.
    package internal(set) var frames: [Int32] = []
    /// It reaches the end of the video.
    package internal(set) var isWhole = false
    /// Where the mesh looks for the face: around it in the last picture, or where it was lost. Nil after a cut.
    var crop: FaceCrop?
    /// How much pictures differed from those before them lately; see `Glance`.
    var unrest: Float = 0

    package init() {}

    /// How many frames behind those that are shown are looked at: what comes later doesn't change them. The longest
    /// bridge and the widest mean over time are shorter, and of the poses' pull 2 % are left.
    package static let lookAhead = 64

    /// The face in each of the first `count` frames, steadied; fewer where the video ends. Nil when none shows a face.
    ///
    /// - Parameter given: points that a person gave for all frames.
    /// - Returns: the same however far the record goes on behind them.
    package func faces(inFirst count: Int, given: FacePoints? = nil) -> [TrackedFace?]? {
        let shown = frames.prefix(count)
        guard let last = shown.last else { return nil }
        let seen = Array(sightings.prefix(Int(last) + 1))
        guard seen.contains(where: { $0 != nil }) else { return nil }
        let faces = given.map { Self.faces(seen, given: $0) } ?? FaceTrack(seen).frames
        return shown.map { faces[Int($0)] }
    }

    private static func faces(_ seen: [FaceSighting?], given: FacePoints) -> [TrackedFace?] {
        LipTrack.steadied(seen.map { $0?.lips }).map { TrackedFace(points: given, weight: 1, lips: $0) }
    }
}
