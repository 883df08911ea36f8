package import Words

/// Follows the face of a video avatar. Frames are given in order, one by one; what is kept of each are its 68 points,
/// so memory stays flat however large the frames are.
package struct FaceTracker {
    /// How often a lost face is looked for in the whole frame, and in all of its parts.
    private static let (wholeEvery, partsEvery) = (5, 25)

    private let finder: FaceFinder
    private var sightings: [FaceSighting?] = []
    private var last: (face: MeshedFace, aligner: FaceAligner)?
    /// Where the face was when it was lost.
    private var lastCrop: FaceCrop?

    package init(finder: FaceFinder) {
        self.finder = finder
    }

    /// Looks at the next frame.
    ///
    /// - Throws: `engine` when a model fails. That there is no face is no error.
    package mutating func add(_ picture: YUVPicture) throws(Problem) {
        let pyramid = PicturePyramid(picture)
        guard let face = try face(in: pyramid) else {
            sightings.append(nil)
            last = nil
            return
        }
        let points = face.points
        sightings.append(FaceSighting(points: points, motion: last.flatMap { motion($0, face, pyramid) }))
        last = (face, FaceAligner(points, in: pyramid))
        lastCrop = face.crop
    }

    /// One entry for each frame; nil within where the face was lost. Nil when no frame had a face.
    package consuming func finish() -> [TrackedFace?]? {
        sightings.contains { $0 != nil } ? FaceTrack(sightings).frames : nil
    }

    private func face(in pyramid: PicturePyramid) throws(Problem) -> MeshedFace? {
        if let last {
            let face = try finder.mesh.fit(in: pyramid, last.face.crop)
            if finder.isUsable(face) { return face }
        }
        if let lastCrop, let face = try near(lastCrop, in: pyramid) { return face }
        if sightings.count % Self.partsEvery == 0 { return try finder.bestFace(in: pyramid)?.face }
        guard sightings.count % Self.wholeEvery == 0 else { return nil }
        return try finder.bestFace(in: pyramid, parts: false)?.face
    }

    /// Where it was last seen, with as much room around it as it is wide.
    private func near(_ crop: FaceCrop, in pyramid: PicturePyramid) throws(Problem) -> MeshedFace? {
        let square = FaceCrop(centre: crop.centre, side: crop.side * 2)
        guard let detection = try finder.detector.faces(in: pyramid, square).first else { return nil }
        return try finder.fit(detection.crop, in: pyramid)
    }

    /// From the last frame to this one: the mesh says roughly, the pixels exactly. Nil at a cut.
    private func motion(
        _ last: (face: MeshedFace, aligner: FaceAligner), _ face: MeshedFace, _ pyramid: PicturePyramid
    ) -> Similarity? {
        let (before, after) = (FaceSighting.rigid(last.face.points), FaceSighting.rigid(face.points))
        let guess = Similarity(fitting: before, to: after)
        // nobody's head moves half a face, or grows by a fifth, within a frame
        guard (after.mean - before.mean).length < last.face.crop.side * 0.3, 0.8..<1.25 ~= guess.scale else {
            return nil
        }
        return last.aligner.motion(to: pyramid, guess: guess) ?? guess
    }
}

/// A face in a frame of a video avatar, steadied.
package struct TrackedFace: Hashable, Sendable {
    package var points: FacePoints
    /// 0...1: how far the mouth may be moved; less beside frames without a face, and towards a profile.
    package var weight: Float

    package init(points: FacePoints, weight: Float) {
        self.points = points
        self.weight = weight
    }
}

/// What is kept of a frame.
package struct FaceSighting: Hashable, Sendable {
    package var points: [SIMD2<Float>]
    /// The movement since the frame before; nil where the face appears.
    package var motion: Similarity?

    package init(points: [SIMD2<Float>], motion: Similarity?) {
        self.points = points
        self.motion = motion
    }

    /// The points that don't speak: nose, eyes, ends of the brows.
    static let rigidPoints = [17, 21, 22, 26] + Array(27..<48)

    static func rigid(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
        rigidPoints.map { points[$0] }
    }
}
