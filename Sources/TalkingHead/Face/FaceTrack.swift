/// Steadies what was seen in all pictures. It is a file and not a camera, so every value is smoothed with what comes
/// before and after it, without lag.
package struct FaceTrack {
    /// Shorter gaps are bridged.
    static let longestGap = 12
    /// How many pictures it takes to fade out before a gap, and in after it.
    private static let fade = 5

    /// One entry for each picture.
    package private(set) var frames: [TrackedFace?]

    package init(_ sightings: [FaceSighting?]) {
        let bridged = Self.bridged(sightings)
        frames = []
        for (take, piece) in Self.pieces(bridged).enumerated() {
            guard let faces = piece.faces else {
                frames += [TrackedFace?](repeating: nil, count: piece.range.count)
                continue
            }
            let (start, end) = (piece.range.lowerBound, piece.range.upperBound)
            let opens = start > 0 && bridged[start - 1] == nil
            let closes = end < bridged.count && bridged[end] == nil
            let steady = SteadyFace(faces).points
            let lips = LipTrack.steadied(zip(faces, steady).map { $0.lips?.moved(from: $0.points, to: $1) })
            for (index, points) in steady.enumerated() {
                let toGap = min(opens ? index : .max, closes ? faces.count - 1 - index : .max)
                let near = toGap > Self.fade ? 1 : Float(toGap + 1) / Float(Self.fade + 1)
                frames.append(
                    TrackedFace(
                        points: FacePoints(points: points, origin: .found), weight: near * Self.frontality(points),
                        lips: lips[index], take: take))
            }
        }
    }

    /// Short gaps are filled with points midway between those around them.
    private static func bridged(_ sightings: [FaceSighting?]) -> [FaceSighting?] {
        var result = sightings
        var before: (index: Int, face: FaceSighting)?
        for (index, sighting) in sightings.enumerated() {
            guard let sighting else { continue }
            if let (start, face) = before, 2...longestGap + 1 ~= index - start, isSame(face, sighting) {
                fill(&result, start, index, face, sighting)
            }
            before = (index, sighting)
        }
        return result
    }

    private static func fill(
        _ sightings: inout [FaceSighting?], _ start: Int, _ end: Int, _ from: FaceSighting, _ to: FaceSighting
    ) {
        var last = from
        for index in start + 1...end {
            let part = Float(index - start) / Float(end - start)
            let points = zip(from.points, to.points).map { $0 + ($1 - $0) * part }
            let motion = Similarity(fitting: last.rigid, to: FaceSighting.rigid(points))
            let lips = from.lips.flatMap { one in to.lips.map { one.mixed(with: $0, part) } }
            last = FaceSighting(points: points, motion: motion, lips: lips)
            sightings[index] = last
        }
    }

    /// Not after a cut to another place.
    private static func isSame(_ one: FaceSighting, _ other: FaceSighting) -> Bool {
        let (before, after) = (one.rigid, other.rigid)
        let eyes = (one.points[45] - one.points[36]).length
        return (after.mean - before.mean).length < eyes && 0.7..<1.4 ~= Similarity(fitting: before, to: after).scale
    }

    /// Runs of pictures with one face, and runs without.
    private static func pieces(
        _ sightings: [FaceSighting?]
    ) -> [(range: Range<Int>, faces: [FaceSighting]?)] {
        let steps = sightings.map { $0?.step ?? 0 }
        var pieces: [(range: Range<Int>, faces: [FaceSighting]?)] = []
        for (index, sighting) in sightings.enumerated() {
            if let last = pieces.last, (last.faces == nil) == (sighting == nil),
                sighting == nil || sighting?.motion != nil && !isJump(index, steps)
            {
                pieces[pieces.count - 1].range = last.range.lowerBound..<index + 1
                if let sighting { pieces[pieces.count - 1].faces?.append(sighting) }
            } else {
                pieces.append((index..<index + 1, sighting.map { [$0] }))
            }
        }
        return pieces
    }

    /// A take is cut to the same speaker a moment later: heads that move so far are still moving a picture before or
    /// after.
    private static func isJump(_ index: Int, _ steps: [Float]) -> Bool {
        let before = index > 0 ? steps[index - 1] : 0
        let after = index + 1 < steps.count ? steps[index + 1] : 0
        return steps[index] > 0.1 && steps[index] > 5 * max(before, after)
    }

    /// 1 for a face seen from the front, 0 for a profile: by how uneven the mouth's corners lie beside the nose.
    private static func frontality(_ points: [SIMD2<Float>]) -> Float {
        let eyes = points[42..<48].mean - points[36..<42].mean
        let across = eyes / max(eyes.length, 1e-3)
        let left = (points[33] - points[48]).dot(across)
        let right = (points[54] - points[33]).dot(across)
        guard min(left, right) > 0 else { return 0 }
        // guesses: 1 : 2.2 still looks right, from 1 : 3.5 on nothing does
        return 1 - ramp(2.2, 3.5, max(left, right) / min(left, right))
    }
}

extension FaceSighting {
    /// How far the face has moved since the picture before, in distances between the eyes.
    fileprivate var step: Float {
        guard let motion else { return 0 }
        let now = rigid.mean
        return (now - motion.inverse(now)).length / max(eyeDistance, 1)
    }
}
