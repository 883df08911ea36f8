/// The 68 points of a face in iBUG order, in pixels of the picture: 0-16 jaw, 17-26 brows, 27-35 nose, 36-47 eyes,
/// 48-59 outer lips, 60-67 inner lips. Left and right are the viewer's.
package struct FacePoints: Hashable, Sendable {
    package static let count = 68

    package var points: [SIMD2<Float>]
    /// From where they come, which decides what the renderer may do with them.
    package var origin: Origin
    /// What the face is part of; nil where nobody has said or looked yet.
    package var kind: Kind?

    package enum Kind: String, Hashable, Sendable {
        case photo, drawing
    }

    package enum Origin: Hashable, Sendable {
        /// Found by the models.
        case found
        /// Given beside the picture. `hasEyes` is false where no eye size was given: then it never blinks.
        case sidecar(hasEyes: Bool, chin: Float?)
    }

    package init(points: [SIMD2<Float>], origin: Origin, kind: Kind? = nil) {
        precondition(points.count == Self.count)
        self.points = points
        self.origin = origin
        self.kind = kind
    }

    /// Eyes were found or given: it may blink.
    package var hasEyes: Bool {
        if case .sidecar(let hasEyes, _) = origin { return hasEyes }
        return true
    }

    /// How far the chin is to follow the mouth, where that was given.
    package var chin: Float? {
        if case .sidecar(_, let chin) = origin { return chin }
        return nil
    }
}
