import Glibc

/// The few points of a `.face.json` as positions in the picture, and what they mean as the 68 points.
struct SidecarLandmarks {
    private var points: [FaceSidecar.Key: SIMD2<Float>]

    subscript(key: FaceSidecar.Key) -> SIMD2<Float>? { points[key] }

    /// Nil when one that is needed isn't there.
    init?(_ point: (FaceSidecar.Key) -> SIMD2<Float>?) {
        points = [:]
        for key in FaceSidecar.Key.allCases where key.isPlace {
            points[key] = point(key)
            guard points[key] != nil || !key.isNeeded else { return nil }
        }
    }

    /// The same points of a face that was found.
    init(reducing face: FacePoints) {
        let p = face.points
        let eyes = (left: p[36..<42], right: p[42..<48])
        let width = ((p[39] - p[36]).length + (p[45] - p[42]).length) / 2
        let height = ((p[41] + p[40] - p[37] - p[38]).length + (p[47] + p[46] - p[43] - p[44]).length) / 4
        points = [
            .eyeLeft: eyes.left.mean, .eyeRight: eyes.right.mean, .mouthLeft: p[48], .mouthRight: p[54],
            .mouthTop: p[51], .mouthBottom: p[57], .chin: p[8], .noseBase: p[33],
            .mouthLine: (p[62] + p[66]) / 2, .eyeSize: SIMD2(width, height),
        ]
    }

    /// Eyes, mouth and chin in this order from top to bottom, as seen in the face's own frame.
    var isUpright: Bool {
        let (across, down) = axes
        let middle = (self[needed: .eyeLeft] + self[needed: .eyeRight]) / 2
        let mouth = (self[needed: .mouthLeft] + self[needed: .mouthRight]) / 2
        let mouthWidth = (self[needed: .mouthRight] - self[needed: .mouthLeft]).dot(across)
        return across != .zero && mouthWidth > 0 && (mouth - middle).dot(down) > 0
            && (self[needed: .chin] - mouth).dot(down) > 0
    }

    /// The 68 points. Those that the file doesn't give lie where they lie in most faces (measures in eye distances).
    var expanded: [SIMD2<Float>] {
        jaw + brows + nose + eyes + outerLips + innerLips
    }

    /// All 68 points of a face, moved to where this says that some of them are; untouched where it says the same.
    ///
    /// Each goes with what was moved near to it: weights fall with the third power of the distance (Shepard 1968).
    func fitted(_ found: [SIMD2<Float>]) -> [SIMD2<Float>] {
        let old = SidecarLandmarks(reducing: FacePoints(points: found, origin: .found))
        let moves = FaceSidecar.Key.allCases.filter { $0 != .eyeSize }.compactMap { key in
            old[key].flatMap { from in self[key].map { (from: from, by: $0 - from) } }
        }
        let scale = max(1, eyeDistance)
        // a file has one digit after the point
        let isMoved = moves.contains { $0.by.length > 0.15 }
        let moved = found.map { point in
            var (sum, weights) = (SIMD2<Float>.zero, Float(0))
            for move in moves {
                let distance = (point - move.from).length / scale + 0.01
                let weight = 1 / (distance * distance * distance)
                (sum, weights) = (sum + move.by * weight, weights + weight)
            }
            return isMoved ? point + sum / weights : point
        }
        return resizedEyes(moved, from: old)
    }

    /// With eyes as large as this says.
    private func resizedEyes(_ points: [SIMD2<Float>], from old: SidecarLandmarks) -> [SIMD2<Float>] {
        guard let size = self[.eyeSize], let before = old[.eyeSize], (size - before).length > 0.15 else {
            return points
        }
        let (across, down) = axes
        let factor = SIMD2(size.x / max(0.1, before.x), size.y / max(0.1, before.y))
        var points = points
        for eye in [36..<42, 42..<48] {
            let centre = points[eye].mean
            for index in eye {
                let away = points[index] - centre
                points[index] = centre + across * (away.dot(across) * factor.x) + down * (away.dot(down) * factor.y)
            }
        }
        return points
    }

    private var eyeDistance: Float { (self[needed: .eyeRight] - self[needed: .eyeLeft]).length }

    /// Unit vectors: along the eyes to the viewer's right, and down the face.
    private var axes: (across: SIMD2<Float>, down: SIMD2<Float>) {
        let eyes = self[needed: .eyeRight] - self[needed: .eyeLeft]
        guard eyes.length > 0 else { return (.zero, .zero) }
        let across = eyes / eyes.length
        return (across, SIMD2(-across.y, across.x))
    }

    private var middle: SIMD2<Float> { (self[needed: .eyeLeft] + self[needed: .eyeRight]) / 2 }
    private var mouth: SIMD2<Float> { (self[needed: .mouthLeft] + self[needed: .mouthRight]) / 2 }
    private var noseBase: SIMD2<Float> { self[.noseBase] ?? middle * 0.35 + mouth * 0.65 }
    private var eyeSize: SIMD2<Float> { self[.eyeSize] ?? SIMD2(0.36 * eyeDistance, 0.001) }

    /// Half an ellipse from temple over chin to temple.
    private var jaw: [SIMD2<Float>] {
        let (across, _) = axes
        let chin = self[needed: .chin] - middle
        return (0...16).map { index in
            let angle = Float.pi / 2 * (Float(index) - 8) / 8
            return middle + across * (0.98 * eyeDistance * sinf(angle)) + chin * cosf(angle)
        }
    }

    private var brows: [SIMD2<Float>] {
        let (across, down) = axes
        return [self[needed: .eyeLeft], self[needed: .eyeRight]].flatMap { eye in
            (-2...2).map { step in
                eye + across * (0.14 * eyeDistance * Float(step)) - down * (eyeSize.y / 2 + 0.14 * eyeDistance)
            }
        }
    }

    private var nose: [SIMD2<Float>] {
        let (across, _) = axes
        let bridge = (0...3).map { middle + (noseBase - middle) * (0.1 + 0.27 * Float($0)) }
        return bridge + (-2...2).map { noseBase + across * (0.11 * eyeDistance * Float($0)) }
    }

    private var eyes: [SIMD2<Float>] {
        let (across, down) = axes
        let outline: [SIMD2<Float>] = [
            SIMD2(-1, 0), SIMD2(-0.4, -0.9), SIMD2(0.4, -0.9), SIMD2(1, 0), SIMD2(0.4, 0.9), SIMD2(-0.4, 0.9),
        ]
        return [self[needed: .eyeLeft], self[needed: .eyeRight]].flatMap { eye in
            outline.map { eye + across * ($0.x * eyeSize.x / 2) + down * ($0.y * eyeSize.y / 2) }
        }
    }

    /// On the line through both corners, -1 left, 1 right, bulging towards a point over its middle.
    private func lip(_ x: Float, towards bulge: SIMD2<Float>) -> SIMD2<Float> {
        let half = (self[needed: .mouthRight] - self[needed: .mouthLeft]) / 2
        return mouth + half * x + (bulge - mouth) * (1 - x * x)
    }

    private var outerLips: [SIMD2<Float>] {
        (-3...3).map { lip(Float($0) / 3, towards: self[needed: .mouthTop]) }
            + (-2...2).map { lip(-Float($0) / 3, towards: self[needed: .mouthBottom]) }
    }

    private var innerLips: [SIMD2<Float>] {
        let line = self[.mouthLine] ?? (self[needed: .mouthTop] + self[needed: .mouthBottom]) / 2
        return [-0.92, -0.5, 0, 0.5, 0.92, 0.5, 0, -0.5].map { x in
            // the inner corners lie on the line between the outer ones
            abs(x) > 0.9 ? lip(x, towards: mouth) : lip(x, towards: line)
        }
    }

    private subscript(needed key: FaceSidecar.Key) -> SIMD2<Float> { points[key] ?? .zero }
}
