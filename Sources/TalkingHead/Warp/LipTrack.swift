import Glibc

/// Steadies the lips' edges of a take: each with those of the pictures before and after it.
package enum LipTrack {
    /// In pictures. Speech opens lips within two of them, so edges that differ are hardly mixed.
    private static let (reach, sigma): (Int, Float) = (2, 0.8)
    /// Edges this far apart, in IOD, are a movement and no noise: 2 pixels of a face of 100.
    private static let movement: Float = 0.02
    /// Teeth hang from the skull: their line follows no speech, only the slow change of a turning head.
    private static let (restReach, restSigma): (Int, Float) = (15, 6)

    /// - Parameter seen: what each picture shows, in the coordinates of its steadied face; nil where nothing is known.
    package static func steadied(_ seen: [LipEdges?]) -> [LipEdges?] {
        seen.indices.map { frame in
            guard var steady = seen[frame] else { return nil }
            let near = around(frame, reach, seen)
            steady.upper = mean(near.map { ($0.offset, $0.edges.upper) }, about: steady.upper)
            steady.lower = mean(near.map { ($0.offset, $0.edges.lower) }, about: steady.lower)
            var (sum, weights) = (SIMD32<Float>.zero, Float(0))
            for (offset, edges) in around(frame, restReach, seen) {
                let weight = bell(offset, restSigma)
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

    /// The pictures around one, as far as something is known of each.
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
