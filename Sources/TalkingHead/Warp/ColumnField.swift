import Glibc

/// Where the lips go in one frame: for each column of the mouth the heights of the four lip curves and how far lips and
/// chin are moved. The heart of the warp.
///
/// A continuous warp can't open lips: the line between them is a break. So each column is moved on its own, the
/// lips rigidly, the skin above and below takes up the difference, and what lies between the lips is painted.
package final class ColumnField: @unchecked Sendable {
    // unchecked: filled by `shape` and only read until the next frame

    /// One column. Heights and moves in IOD, v down.
    package struct Column {
        /// upper inner, lower inner, upper outer, lower outer lip curve as drawn;
        /// move of the upper lip, of the lower lip, of the chin; by how much rounding thickens each lip
        package var moved: SIMD8<Float> = .zero
        /// the source's upper inner, lower inner and upper outer curve; the front teeth's rest line
        package var source: SIMD4<Float> = .zero
    }

    package let columns: UnsafeMutablePointer<Column>
    /// The distance of the lips at the middle of the mouth, in IOD.
    package private(set) var gap: Float = 0
    /// The mouth's width against that of the source.
    package private(set) var width: Float = 1

    /// The lips' highest and lowest edge as drawn.
    private(set) var lipTop: Float = 0
    private(set) var lipBottom: Float = 0

    /// As wide as the mouth opens, in IOD; more looks like shouting.
    package static let widestGap: Float = 0.25
    /// The steepest that skin may be pressed together: how far one source pixel may fall per pixel drawn.
    package static let leastSlope: Float = 0.1

    private let lowerInnerSmoothed: [Float]
    private let sourceGap: [Float]
    private let geometry: FaceGeometry
    private let greatestGap: Float
    /// The mouth's gap at rest: that of the still itself, or the smallest of a video.
    private let restGap: Float
    /// How much wider the mouth is at rest than here: 1 in a still.
    private let restWidth: Float
    private let restLine: [Float]

    /// - Parameter restHalfWidth: of the mouth that says nothing; nil for the geometry's own.
    package init(geometry: FaceGeometry, restGap: Float, restHalfWidth: Float? = nil) {
        self.geometry = geometry
        self.restGap = restGap
        // beyond this it is no speech but a smile, which stays
        restWidth = clamp((restHalfWidth ?? geometry.mouthHalfWidth) / geometry.mouthHalfWidth, 0.87, 1.15)
        restLine = geometry.restLine
        lowerInnerSmoothed = geometry.lowerInnerSmoothed
        sourceGap = geometry.gap
        greatestGap = geometry.greatestGap
        columns = .allocate(capacity: ColumnGrid.count)
        columns.initialize(repeating: Column(), count: ColumnGrid.count)
    }

    deinit {
        columns.deallocate()
    }

    /// Sets the columns for a shape of the mouth.
    ///
    /// The neutral shape is a closed mouth whatever the source's mouth does: that alone cancels the speech that a
    /// video avatar comes with. With a `share` below 1 the face goes back towards the source.
    package func shape(_ shape: MouthShape, share: Float) {
        let (open, wide, round) = (shape.open, shape.wide, shape.round)
        let smiles = geometry.showsTeeth
        let gap = Self.widestGap * open * (1 - 0.25 * round)
        let narrowing = (smiles ? 0.17 : 0.21) * round + (smiles ? 0.18 : 0.12) * open * (1 - 0.5 * wide)
        self.gap = mix(greatestGap, gap, share)
        width = max(geometry.narrowest, mix(1, restWidth * (1 + 0.08 * wide - narrowing), share))
        let jaw = geometry.chinFollow * 0.84 * (gap - max(0, greatestGap - restGap))
        for index in ColumnGrid.indices {
            columns[index] = column(index, gap: gap, jaw: jaw, round: round, share: share)
        }
        let lips = ColumnGrid.index(-1)...ColumnGrid.index(1)
        lipTop = lips.reduce(.infinity) { min($0, columns[$1].moved[2]) }
        lipBottom = lips.reduce(-.infinity) { max($0, columns[$1].moved[3]) }
    }

    private func column(_ index: Int, gap: Float, jaw: Float, round: Float, share: Float) -> Column {
        let t = ColumnGrid.positions[index]
        let distance = abs(t)
        let smiles = geometry.showsTeeth
        let opening = gap * Self.profile(distance, round: round)
        // corners follow the jaw a little; within the mouth only towards the corners
        let follow = (smiles ? 0.45 : 0.28) * gap * (1 - smoothstep(0.9, 2.2, distance)) * min(1, distance * distance)
        // share of the gap that the upper lip takes; a lip over shown teeth stays where it is
        let upperShare: Float = smiles ? 0.04 : 0.16
        let old = sourceGap[index]
        var upper = share * (0.30 * old - upperShare * opening + follow)
        var lower = share * (-0.70 * old + (1 - upperShare) * opening + follow)
        let bow = lowerInnerSmoothed[index] - geometry.lowerInner[index]
        lower += share * bow * smoothstep(0.02, 0.12, opening)
        let thickening = share * 0.022 * round * max(0, 1 - distance * distance)
        var chin = share * jaw * (1 - smoothstep(0.30, 1.0, distance * geometry.mouthHalfWidth / geometry.jawHalfWidth))
        // gone where the columns end, which is within the jaw where the mouth is small
        chin *= 1 - smoothstep(1.5, 2.3, distance)
        limit(index, &upper, &lower, &chin, thickening)
        return column(index, upper: upper, lower: lower, chin: chin, thickening: thickening)
    }

    private func column(_ index: Int, upper: Float, lower: Float, chin: Float, thickening: Float) -> Column {
        let (sourceUpper, sourceLower) = (geometry.upperInner[index], geometry.lowerInner[index])
        var (top, bottom) = (sourceUpper + upper, sourceLower + lower)
        if bottom < top {
            (top, bottom) = ((top + bottom) / 2, (top + bottom) / 2)
        }
        return Column(
            moved: SIMD8(
                top, bottom,
                geometry.upperOuter[index] + upper - thickening, geometry.lowerOuter[index] + lower + thickening,
                upper, lower, chin, thickening),
            source: SIMD4(
                sourceUpper, sourceLower, geometry.upperOuter[index], restLine[index]))
    }

    /// How far the mouth opens across its width: 1 in the middle, 0 from a little inside the corners on.
    ///
    /// To the very corners it would grin like the Joker.
    package static func profile(_ distance: Float, round: Float) -> Float {
        let z = distance / 0.94
        guard z < 1 else { return 0 }
        return powf(1 - z * z, 0.80 + 0.12 * round) * (1 + 0.12 * distance * distance)
    }

    /// Keeps skin from folding where there is little of it: a short upper lip, a small chin.
    private func limit(
        _ index: Int, _ upper: inout Float, _ lower: inout Float, _ chin: inout Float, _ thickening: Float
    ) {
        // a smoothstep's steepest part is 1.5 times its mean
        let most = (1 - Self.leastSlope) / 1.5
        let above = max(0.05, geometry.upperOuter[index] - geometry.noseBase)
        upper = min(upper, thickening + above * most / (1 - most))
        let below = max(0.05, geometry.chin - geometry.lowerOuter[index])
        lower = min(lower, chin - thickening + 0.7 * below)
        let left = below + chin - lower - thickening
        chin = min(chin, lower + thickening + most * max(0.05, left))
    }

    /// The column at t, between two.
    @inline(__always)
    package func column(at t: Float) -> Column? {
        let place = (t + ColumnGrid.reach) / ColumnGrid.step
        guard place >= 0, place < Float(ColumnGrid.count - 1) else { return nil }
        let index = Int(place)
        let share = place - Float(index)
        let (a, b) = (columns[index], columns[index + 1])
        return Column(
            moved: a.moved + (b.moved - a.moved) * share, source: a.source + (b.source - a.source) * share)
    }
}
