/// One face through neighbouring frames, without the jitter of the points.
///
/// Each face is a pose (where the head is: a similarity) and a shape (the points in the head's own frame). The pose
/// comes from the movement of the pixels, held to the mesh's pose in the long run; the shape from the mesh.
struct SteadyFace {
    /// In frames; measured on a clip with known movement: less shakes, more blurs speech.
    private static let (poseSigma, shapeSigma): (Float, Float) = (1.2, 0.8)
    /// Eyes and nose have no life of their own here; they follow only the slow change of a turning head.
    private static let rigidSigma: Float = 12
    /// How much of the difference to the mesh's pose is taken over in each frame.
    private static let pull: Float = 0.06

    let points: [[SIMD2<Float>]]

    init(_ faces: [FaceSighting]) {
        let (shapes, meshPoses) = Self.separated(faces)
        let poses = Self.poses(meshPoses, motions: faces.map(\.motion))
        let turns = poses.map(\.turn).smoothed(sigma: Self.poseSigma)
        let shifts = poses.map(\.shift).smoothed(sigma: Self.poseSigma)
        let isRigid = Set(FaceSighting.rigidPoints)
        let tracks = (0..<FacePoints.count).map { index in
            shapes.map { $0[index] }.smoothed(sigma: isRigid.contains(index) ? Self.rigidSigma : Self.shapeSigma)
        }
        points = faces.indices.map { frame in
            let pose = Similarity(turn: turns[frame], shift: shifts[frame])
            return tracks.map { pose($0[frame]) }
        }
    }

    /// The shape of each face in the frame of the mean face, whose rigid points lie around zero, and its pose.
    private static func separated(
        _ faces: [FaceSighting]
    ) -> (shapes: [[SIMD2<Float>]], poses: [Similarity]) {
        let seen = faces.map { FaceSighting.rigid($0.points) }
        var template = seen[seen.count / 2]
        var poses: [Similarity] = []
        // the mean face depends on the poses and they on it: three rounds are enough to settle
        for _ in 0..<3 {
            let centre = template.mean
            let centred = template.map { $0 - centre }
            poses = seen.map { Similarity(fitting: centred, to: $0) }
            var sums = [SIMD2<Float>](repeating: .zero, count: centred.count)
            for (points, pose) in zip(seen, poses) {
                let back = pose.inverse
                for (index, point) in points.enumerated() { sums[index] += back(point) }
            }
            template = sums.map { $0 / Float(seen.count) }
        }
        let shapes = zip(faces, poses).map { face, pose in
            let back = pose.inverse
            return face.points.map { back($0) }
        }
        return (shapes, poses)
    }

    /// Follows the movement of the pixels forth and back and takes the mean: what the pull drags behind cancels out.
    private static func poses(_ mesh: [Similarity], motions: [Similarity?]) -> [Similarity] {
        let last = mesh.count - 1
        func forth(from first: Similarity) -> [Similarity] {
            var poses = [first]
            for frame in mesh.indices.dropFirst() {
                let moved = motions[frame]?.after(poses[frame - 1]) ?? mesh[frame]
                poses.append(moved.mixed(with: mesh[frame], pull))
            }
            return poses
        }
        func back(from end: Similarity) -> [Similarity] {
            var poses = [Similarity](repeating: end, count: mesh.count)
            for frame in mesh.indices.dropLast().reversed() {
                let moved = motions[frame + 1]?.inverse.after(poses[frame + 1]) ?? mesh[frame]
                poses[frame] = moved.mixed(with: mesh[frame], pull)
            }
            return poses
        }
        // each way starts where the other has settled
        let forward = forth(from: back(from: mesh[last])[0])
        let backward = back(from: forward[last])
        return zip(forward, backward).map { $0.mixed(with: $1, 0.5) }
    }
}

extension Similarity {
    /// Good for small differences.
    func mixed(with other: Similarity, _ part: Float) -> Similarity {
        Similarity(turn: turn + (other.turn - turn) * part, shift: shift + (other.shift - shift) * part)
    }
}
