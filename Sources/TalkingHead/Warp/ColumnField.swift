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
        /// moves of the upper and lower lip's outer edge, and of the skin some way from them: as those of the lips' inner
        /// edges, but smoother across
        package var outer: SIMD4<Float> = .zero
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

    /// Each column's distance from the lips' middle, 1 at the corners.
    private let distances: [Float]
    private let lowerInnerSmoothed: [Float]
    private let sourceGap: [Float]
    private let geometry: FaceGeometry
    private let greatestGap: Float
    /// The mouth's gap at rest: that of the still itself, or the smallest of a video.
    private let restGap: Float
    /// How much wider the mouth is at rest than here: 1 in a still.
    private let restWidth: Float
    private let restLine: [Float]
    /// How much higher the corners are than those of a mouth that speaks: the smile that speech takes away.
    private let smile: Float

    /// - Parameters:
    ///   - restHalfWidth: of the mouth that says nothing; nil for the geometry's own.
    ///   - smile: of a still, `FaceGeometry.smile`; a video's frames differ.
    package init(geometry: FaceGeometry, restGap: Float, restHalfWidth: Float? = nil, smile: Float = 0) {
        self.geometry = geometry
        self.restGap = restGap
        self.smile = smile
        // beyond this it is no speech but a smile, which stays
        restWidth = clamp((restHalfWidth ?? geometry.mouthHalfWidth) / geometry.mouthHalfWidth, 0.87, 1.15)
        restLine = geometry.restLine
        distances = ColumnGrid.positions.map { abs(geometry.frontal($0)) }
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
        let narrowing = (smiles ? 0.22 : 0.26) * round + (smiles ? 0.18 : 0.12) * open * (1 - 0.5 * wide)
        self.gap = mix(greatestGap, gap, share)
        width = max(geometry.narrowest, mix(1, restWidth * (1 + 0.08 * wide - narrowing), share))
        let jaw = geometry.chinFollow * 0.84 * (gap - max(0, greatestGap - restGap))
        // rounding takes all of a smile, spreading leaves it
        let relaxed = smile * clamp(0.55 + 0.35 * round - 0.25 * wide, 0, 1)
        for index in ColumnGrid.indices {
            columns[index] = column(index, gap: gap, jaw: jaw, round: round, relaxed: relaxed, share: share)
        }
        spreadMoves()
        let lips = ColumnGrid.index(-1)...ColumnGrid.index(1)
        lipTop = lips.reduce(.infinity) { min($0, columns[$1].moved[2]) }
        lipBottom = lips.reduce(-.infinity) { max($0, columns[$1].moved[3]) }
    }

    private func column(
        _ index: Int, gap: Float, jaw: Float, round: Float, relaxed: Float, share: Float
    ) -> Column {
        let distance = distances[index]
        let smiles = geometry.showsTeeth
        let opening = gap * Self.profile(distance, round: round)
        // corners follow the jaw a little; within the mouth only towards the corners
        var follow = (smiles ? 0.45 : 0.28) * gap * (1 - smoothstep(0.9, 2.2, distance)) * min(1, distance * distance)
        follow += relaxed * (1 - smoothstep(0.95, 2.0, distance)) * min(1, distance * distance)
        // share of the gap that the upper lip takes; a lip over shown teeth stays where it is
        let upperShare: Float = smiles ? 0.04 : 0.16
        let old = sourceGap[index]
        let fall = FaceGeometry.upperLipFall(old)
        var upper = share * (fall - upperShare * opening + follow)
        var lower = share * (fall - old + (1 - upperShare) * opening + follow)
        let bow = lowerInnerSmoothed[index] - geometry.lowerInner[index]
        lower += share * bow * smoothstep(0.02, 0.12, opening) * (1 - smoothstep(0.5, 0.8, distance))
        let thickening = share * 0.028 * round * max(0, 1 - distance * distance)
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

    /// What the lips' outer edges and the skin do: moved column by column as the inner edges are, the corners would cut the
    /// skin, and each unevenness between the lips would show again below them.
    private func spreadMoves() {
        let reach = Self.spread.count / 2
        for index in ColumnGrid.indices {
            var sum = SIMD2<Float>.zero
            for (offset, weight) in Self.spread.enumerated() {
                let moved = columns[min(ColumnGrid.count - 1, max(0, index + offset - reach))].moved
                sum += SIMD2(moved[4], moved[5]) * weight
            }
            let moved = columns[index].moved
            let lips = SIMD2(moved[4], moved[5])
            let thickness = SIMD2(
                geometry.upperInner[index] - geometry.upperOuter[index],
                geometry.lowerOuter[index] - geometry.lowerInner[index])
            let edgeLimit = (0.35 * thickness).clamped(lowerBound: .zero, upperBound: SIMD2(repeating: Self.mostSpread))
            let skinLimit = SIMD2<Float>(repeating: Self.mostSpread)
            let edges = lips + (sum - lips).clamped(lowerBound: -edgeLimit, upperBound: edgeLimit)
            let skin = lips + (sum - lips).clamped(lowerBound: -skinLimit, upperBound: skinLimit)
            columns[index].outer = SIMD4(lowHalf: edges, highHalf: skin)
        }
        for index in ColumnGrid.indices {
            let column = columns[index]
            columns[index].moved[2] = geometry.upperOuter[index] + column.outer.x - column.moved[7]
            columns[index].moved[3] = geometry.lowerOuter[index] + column.outer.y + column.moved[7]
        }
    }

    /// A Gaussian over the columns, sigma 0.16 half mouth widths.
    private static let spread: [Float] = {
        let weights = (-22...22).map { expf(-0.5 * powf(Float($0) * ColumnGrid.step / 0.16, 2)) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }()
    /// By how much a lip's edges may move apart, and skin from the lip beside it, in IOD: more could fold them.
    private static let mostSpread: Float = 0.02

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
        // a smoothstep's steepest part is 1.5 times its mean, and lips and skin move a little differently
        let most = 0.95 * (1 - Self.leastSlope) / 1.5
        let across = ColumnGrid.positions[index] * geometry.mouthHalfWidth
        let above = max(0.05, geometry.upperOuter[index] - geometry.ceiling(across))
        let lifted = max(0, upper - thickening - above * most / (1 - most))
        upper -= lifted
        // the lower lip stays with the upper one: beyond the corners they are one skin
        lower -= lifted * smoothstep(0.8, 1, abs(ColumnGrid.positions[index]))
        let below = max(0.05, geometry.chin - 0.02 - geometry.lowerOuter[index])
        lower = min(lower, chin - thickening + 0.7 * below)
        chin = min(chin, lower + thickening + below * most / (1 - most))
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
            moved: a.moved + (b.moved - a.moved) * share, source: a.source + (b.source - a.source) * share,
            outer: a.outer + (b.outer - a.outer) * share)
    }
}
