import Glibc

/// Finds the lips' edges in all frames of a video and steadies them. Frames are given in order; little is kept of each.
package struct LipTrack {
    /// In frames. Speech opens lips within two of them, so edges that differ are hardly mixed.
    private static let (reach, sigma): (Int, Float) = (2, 0.8)
    /// Edges this far apart, in IOD, are a movement and no noise: 2 pixels of a face of 100.
    private static let movement: Float = 0.02
    /// Teeth hang from the skull: their line follows no speech, only the slow change of a turning head.
    private static let (restReach, restSigma): (Int, Float) = (15, 6)

    private var edges: [LipEdges?] = []

    package init() {}

    /// - Parameter points: the steadied face of this frame.
    package mutating func add(_ picture: YUVPicture, points: FacePoints?) {
        edges.append(
            points.map {
                var geometry = FaceGeometry(points: $0)
                MouthLine.refine(&geometry, in: picture)
                return LipEdges(geometry)
            })
    }

    /// One entry for each frame, nil where there is no face.
    package consuming func finish() -> [LipEdges?] {
        let seen = edges
        return seen.indices.map { frame in
            guard var steady = seen[frame] else { return nil }
            let near = Self.around(frame, Self.reach, seen)
            steady.upper = Self.mean(near.map { ($0.offset, $0.edges.upper) }, about: steady.upper)
            steady.lower = Self.mean(near.map { ($0.offset, $0.edges.lower) }, about: steady.lower)
            var (sum, weights) = (SIMD32<Float>.zero, Float(0))
            for (offset, edges) in Self.around(frame, Self.restReach, seen) {
                let weight = Self.bell(offset, Self.restSigma)
                sum += weight * edges.rest
                weights += weight
            }
            steady.rest = sum / weights
            return steady
        }
    }

    /// The mean over time of what lies near the frame's own edge.
    private static func mean(_ edges: [(offset: Int, edge: SIMD32<Float>)], about own: SIMD32<Float>) -> SIMD32<Float> {
        var (sum, weights) = (SIMD32<Float>.zero, SIMD32<Float>.zero)
        for (offset, edge) in edges {
            let away = (edge - own) / movement
            let likeness = 1 / (1 + away * away)
            let weight = bell(offset, sigma) * likeness * likeness
            sum += weight * edge
            weights += weight
        }
        return sum / weights
    }

    /// The frames around one that show the same face without a gap.
    private static func around(_ frame: Int, _ reach: Int, _ edges: [LipEdges?]) -> [(offset: Int, edges: LipEdges)] {
        var result: [(offset: Int, edges: LipEdges)] = []
        for direction in [-1, 1] {
            for distance in (direction < 0 ? 0 : 1)...reach {
                let index = frame + direction * distance
                guard edges.indices.contains(index), let there = edges[index] else { break }
                result.append((direction * distance, there))
            }
        }
        return result
    }

    private static func bell(_ offset: Int, _ sigma: Float) -> Float {
        let distance = Float(offset) / sigma
        return expf(-0.5 * distance * distance)
    }
}
