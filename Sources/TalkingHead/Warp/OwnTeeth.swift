/// The teeth that a still shows: they stay where they are in the head, and go on below where its lower lip hid them.
///
/// In a smile the lower lip runs along the teeth up to the corners: uncovered by a mouth that opens, what the picture
/// shows of them would end in a bowl.
struct OwnTeeth: Sendable {
    /// Over the columns of the unmoved head.
    private let teeth: [Tooth]
    private let geometry: FaceGeometry
    /// Of most of them.
    private let colour: Colour

    private struct Tooth {
        /// v of the lowest that the picture shows of them, of the lowest that is taken from it, and of the edge drawn.
        var shown: Float
        var last: Float
        var edge: Float
        /// u of the column that its picture is taken from: where too little shows, one further in.
        var source: Float
    }

    struct Sample {
        /// Where in the head its picture is, face coordinates.
        var source: SIMD2<Float>
        /// How much of the place is teeth: 0 below their edge; how much of that is their picture, the rest an even colour.
        var cover: Float
        var detail: Float
        var colour: Colour
    }

    /// The picture of teeth ends this far above the lower lip's edge, in IOD: further down is the edge's own blur.
    private static let blur: Float = 0.012
    /// Upper front teeth are at most this long, in IOD; what shows more, shows gum or both rows.
    private static let longest: Float = 0.17
    /// Columns that show less than this, in IOD, or this share of the most, show hardly more than shade.
    private static let (least, leastShare): (Float, Float) = (0.045, 0.30)
    /// Teeth that reach less far below a lip at rest would hardly be seen, in IOD.
    private static let leastBelowRest: Float = 0.03
    /// Teeth in shade are darker than this share of those in the middle.
    private static let leastLight: Float = 0.60
    /// What is darker than this share of the lightest is the hollow between upper and lower teeth.
    private static let hollow: Float = 0.40

    /// Nil where the picture shows none, or only bits of them.
    init?(geometry: FaceGeometry, picture: YUVPicture) {
        guard geometry.hasOwnTeeth else { return nil }
        self.geometry = geometry
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        let front = ColumnGrid.index(-0.5)...ColumnGrid.index(0.5)
        let hollow = front.count { View(geometry, probe, column: $0, isHollow: false).isHollow }
        let views = ColumnGrid.indices.map { View(geometry, probe, column: $0, isHollow: hollow * 2 > front.count) }
        guard let (left, right) = Self.span(geometry, views) else { return nil }
        colour = .median(of: (left...right).map { views[$0].colour })
        let steady = views.indices.map { column in
            median(views[max(0, column - 6)...min(ColumnGrid.count - 1, column + 6)].map(\.last))
        }
        let lasts = steady.smoothed(LipCurve.smoothing)
        let edges = Self.edges(geometry, views)
        let centre = ColumnGrid.index(geometry.lipMiddle)
        guard edges[centre] - geometry.restLine[centre] > Self.leastBelowRest else { return nil }
        teeth = ColumnGrid.indices.map { column in
            // beyond the last teeth their mirror image
            let mirrored = column < left ? 2 * left - column : column > right ? 2 * right - column : column
            let source = min(max(mirrored, left), right)
            return Tooth(
                shown: geometry.lowerInner[column] - Self.blur, last: lasts[source], edge: edges[column],
                source: geometry.mouthCentre + ColumnGrid.positions[source] * geometry.mouthHalfWidth)
        }
    }

    /// The first and the last of the columns that show teeth, without a break between them.
    private static func span(_ geometry: FaceGeometry, _ views: [View]) -> (left: Int, right: Int)? {
        let middle = ColumnGrid.index(-0.45)...ColumnGrid.index(0.45)
        let leastLikeness = leastLight * median(views[middle].map(\.likeness))
        let leastHeight = max(least, leastShare * geometry.greatestGap)
        let isTooth = ColumnGrid.indices.map { column in
            // not the line between two teeth
            let near = views[max(0, column - 4)...min(ColumnGrid.count - 1, column + 4)]
            return geometry.gap(at: column) >= leastHeight && (near.map(\.likeness).max() ?? 0) >= leastLikeness
        }
        guard isTooth[middle].count(where: { $0 }) * 4 > middle.count * 3 else { return nil }
        var (longest, start) = (0..<0, 0)
        for column in ColumnGrid.indices where !isTooth[column] || column == ColumnGrid.count - 1 {
            if column - start > longest.count { longest = start..<column }
            start = column + 1
        }
        return (longest.lowerBound, longest.upperBound - 1)
    }

    /// The edge of the teeth over the columns: where the picture shows it, and else where the lower lip in the middle of the
    /// mouth hid the rest.
    private static func edges(_ geometry: FaceGeometry, _ views: [View]) -> [Float] {
        // along the arch of the jaw the teeth behind are further away, and so shorter
        func arch(_ column: Int) -> Float {
            let t = geometry.frontal(ColumnGrid.positions[column])
            return 1 - 0.40 * t * t
        }
        let front = ColumnGrid.index(-0.6)...ColumnGrid.index(0.6)
        let lengths = front.compactMap { column -> Float? in
            views[column].showsEdge ? (views[column].last + 0.010 - geometry.upperInner[column]) / arch(column) : nil
        }
        let isShown = lengths.count * 2 > front.count
        let length = min(longest, isShown ? median(lengths) + blur : geometry.greatestGap - blur)
        return ColumnGrid.indices.map { column in
            let edge = geometry.upperInner[column] + length * arch(column)
            return isShown ? edge : max(edge, geometry.lowerInner[column] - blur)
        }
    }

    /// What one column shows.
    private struct View {
        /// Of its tooth, and how much it is like one.
        let colour: Colour
        var likeness: Float { Self.likeness(colour) }
        /// v of the lowest of its tooth, and whether there is shade below it and not yet the lip.
        let last: Float
        let showsEdge: Bool
        /// There is a hollow between upper and lower teeth.
        let isHollow: Bool

        /// Teeth are light and not red; gum and gloss are one of the two.
        private static func likeness(_ colour: Colour) -> Float { colour.x - 16 - 2 * max(0, colour.z - 128) }

        /// - Parameter isHollow: look for teeth above the hollow only.
        init(_ geometry: FaceGeometry, _ probe: PictureProbe, column: Int, isHollow wanted: Bool) {
            let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
            let top = geometry.upperInner[column]
            let bottom = max(top, geometry.lowerInner[column] - 2 * OwnTeeth.blur)
            let rows = (0...24).map { mix(top, bottom, Float($0) / 24) }
            let colours = rows.map { probe.smooth(u, $0) }
            let lumas = colours.map { $0.x - 16 }
            // further up it is the upper lip's shade
            let darkest = (7...20).min { lumas[$0] < lumas[$1] } ?? 20
            isHollow = lumas[darkest] < OwnTeeth.hollow * (lumas.max() ?? 0)
            // a few rows together, as thin bright lines are gloss
            func light(_ row: Int) -> Float {
                (max(0, row - 2)...row + 2).reduce(0) { $0 + Self.likeness(colours[$1]) }
            }
            let tooth = (2...(wanted && isHollow ? darkest - 2 : 18)).max { light($0) < light($1) } ?? 2
            let end = (tooth...24).first { lumas[$0] < OwnTeeth.leastLight * lumas[tooth] } ?? 25
            colour = colours[tooth]
            // a little higher, where the notches between teeth have not begun
            last = max(rows[tooth], rows[max(tooth, end - 2)] - 0.010)
            showsEdge = end < 25 && bottom - rows[end] > 0.015
        }
    }

    /// - Parameters:
    ///   - t: where across the mouth as drawn, -1...1 between the corners, as seen from in front.
    ///   - softness: of edges, in IOD.
    @inline(__always)
    func sample(_ u: Float, _ v: Float, t: Float, softness: Float) -> Sample {
        let place = (u - geometry.mouthCentre) / geometry.mouthHalfWidth
        let position = clamp((place + ColumnGrid.reach) / ColumnGrid.step, 0, Float(ColumnGrid.count) - 1.001)
        let (index, share) = (Int(position), position - Float(Int(position)))
        let (a, b) = (teeth[index], teeth[index + 1])
        let (shown, edge) = (mix(a.shown, b.shown, share), mix(a.edge, b.edge, share))
        let blur = max(0.009, 0.6 * softness)
        let below = 1 - smoothstep(edge - blur, edge + blur, v)
        // what was hidden is in the lower lip's shade, and the corners of a mouth are dark
        let shade = 1 - 0.22 * smoothstep(shown - blur, shown + 0.10, v)
        let corner = 1 - 0.55 * smoothstep(0.55, 1, abs(t))
        let last = mix(a.last, b.last, share)
        // what goes on below the picture would be streaks
        let detail = 1 - 0.6 * smoothstep(last, last + 0.03, v)
        return Sample(
            source: SIMD2(mix(a.source, b.source, share), min(v, last)), cover: below * shade * corner, detail: detail,
            colour: colour)
    }
}
