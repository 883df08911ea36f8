/// Finds the inner edges of open lips: where lip turns into teeth or shadow.
///
/// Landmarks are too few for it: what they leave of teeth and dark corners would stay on the shut lips as specks.
struct OpenLips {
    private let geometry: FaceGeometry
    private let probe: PictureProbe
    private let contrast: LipContrast

    /// Gaps between the landmarks of shut lips are smaller than this, in IOD.
    static let surelyOpen: Float = 0.055
    /// In one greater than this there is no such line: the landmarks of hardly any shut mouth lie so far apart.
    private static let wideOpen: Float = 0.08
    /// One this great in a grey picture is a smile whose teeth may be in shadow, in IOD.
    private static let surelyTeeth: Float = 0.12
    /// In one smaller than this a dark line may be that between shut lips, in IOD.
    private static let perhapsOpen: Float = 0.035
    /// Of teeth and cavity between open lips; the dark line between shut ones is half as thick.
    private static let leastOpening: Float = 0.024
    /// How far to each side of the landmarks' edge it is looked for, in IOD, and in how many steps.
    private static let reach: Float = 0.09
    private static let samples = 48

    init(geometry: FaceGeometry, probe: PictureProbe) {
        self.geometry = geometry
        self.probe = probe
        contrast = LipContrast(geometry: geometry, probe: probe)
    }

    /// What is to be seen between open lips: their inner edges over the columns, and whether most of it is teeth.
    struct Opening {
        var upper: [Float]
        var lower: [Float]
        var isTeeth: Bool
    }

    /// The edges of upper and lower lip; nil where the lips are shut.
    ///
    /// First a path through the middle of what lies between the lips, then from it up and down the best cuts.
    ///
    /// - Parameter gap: between the landmarks. In one within their error only teeth count: the dark line between shut
    ///   lips looks like a cavity.
    func opening(gap: Float) -> Opening? {
        guard gap > 0.02 else { return nil }
        guard contrast.trust > 0.5 || gap < 1.2 * Self.surelyOpen else { return landmarkOpening }
        let isWide = gap > Self.wideOpen && contrast.trust > 0.5
        if isWide, contrast.isAllLip { return nil }
        let columns = ColumnGrid.indices.filter { abs(ColumnGrid.positions[$0]) < LipEdges.reach }
        let reach = geometry.greatestGap / 2 + Self.reach
        let rows = Rows(reach: reach, step: 2 * reach / Float(Self.samples))
        let inside = columns.map { column in
            (0..<Self.samples).map { insideness(column, rows.height($0, about: middle(column)), isWide: isWide) }
        }
        let middleCosts = zip(columns, inside).map { column, samples in
            Self.middleCosts(samples.map(\.either), t: ColumnGrid.positions[column])
        }
        let middles = MouthLine.cheapestPath(middleCosts, stepCost: 0.3)
        func cuts(_ landmarks: [Float], away: Int) -> [Int] {
            // landmarks are seldom further off than this, in IOD: above, what looks so is a lip in shadow, a moustache or gum
            let tolerance =
                away > 0 ? (in: Float(0.035), out: Float(0.035)) : (in: 0.02, out: 0.015 + 0.08 * gap)
            let costs = columns.indices.map { index in
                let landmark = (landmarks[columns[index]] - middle(columns[index]) + reach) / rows.step
                return Self.cutCosts(
                    inside[index].map(\.either), from: middles[index], away: away, landmark: landmark,
                    tolerance: tolerance,
                    step: rows.step)
            }
            return MouthLine.cheapestPath(costs, stepCost: 0.8)
        }
        let (upper, lower) = (cuts(geometry.upperInner, away: -1), cuts(geometry.lowerInner, away: 1))
        let between = columns.indices.filter { abs(ColumnGrid.positions[columns[$0]]) < 0.5 }.map { index in
            inside[index][upper[index]..<max(upper[index], lower[index])]
        }
        let teeth = median(between.map { Float($0.count { $0.teeth > 0.5 }) * rows.step })
        let either = median(between.map { Float($0.count { $0.either > 0.5 }) * rows.step })
        guard isWide || (gap > Self.perhapsOpen ? either : teeth) > Self.leastOpening else { return nil }
        func edge(_ cuts: [Int], _ landmarks: [Float], away: Float) -> [Float] {
            smoothed(cuts.map { Float($0) * rows.step - reach }, columns, landmarks, away: away)
        }
        return Opening(
            upper: edge(upper, geometry.upperInner, away: -1), lower: edge(lower, geometry.lowerInner, away: 1),
            isTeeth: isWide ? contrast.hasTeeth : teeth > max(0.02, 0.3 * either))
    }

    /// The landmarks' own edges: of a mouth that is surely open in a picture without colour, where teeth may be no brighter
    /// than lit lips.
    private var landmarkOpening: Opening {
        let push = ColumnGrid.positions.map { 0.016 * (1 - smoothstep(0.9, 1, abs($0))) }
        return Opening(
            upper: zip(geometry.upperInner, push).map(-), lower: zip(geometry.lowerInner, push).map(+),
            isTeeth: contrast.brightness > 1 || geometry.greatestGap > Self.surelyTeeth)
    }

    /// Heights of samples about a column's middle.
    private struct Rows {
        let reach: Float
        let step: Float

        func height(_ sample: Int, about middle: Float) -> Float { middle + (Float(sample) + 0.5) * step - reach }
    }

    private func u(_ column: Int) -> Float {
        geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
    }

    private func middle(_ column: Int) -> Float { (geometry.upperInner[column] + geometry.lowerInner[column]) / 2 }

    /// An edge's rows as heights over all columns, without noise and strays.
    private func smoothed(_ rows: [Float], _ columns: [Int], _ landmarks: [Float], away: Float) -> [Float] {
        let found = zip(columns, rows).map { column, row in middle(column) + row }
        let heights = SteadyCurve(length: 5, tolerance: max(0.012, 0.7 / geometry.frame.scale))
            .fitted(found, weights: [Float](repeating: 1, count: found.count))
        var result = landmarks
        for (column, height) in zip(columns, heights) {
            // a little further, for the edge's own blur; nothing at the corners, where there is no lip to cut
            let blur =
                max(0.016, 1 / geometry.frame.scale) * (1 - smoothstep(0.9, 1, abs(ColumnGrid.positions[column])))
            let found = height + away * blur
            let outside = smoothstep(1, LipEdges.reach, abs(ColumnGrid.positions[column]))
            result[column] = mix(found, landmarks[column], outside)
        }
        return result
    }

    /// Low in the midst of teeth or cavity; near the landmarks' middle where there is nothing between the lips.
    ///
    /// Towards the corners landmarks count for more: the fold of a cheek and lit skin look much like a mouth.
    private static func middleCosts(_ inside: [Float], t: Float) -> [Float] {
        let pull = 0.02 + 0.15 * smoothstep(0.55, 0.95, abs(t))
        return inside.smoothed([1, 2, 3, 2, 1]).enumerated().map { row, value in
            1 - value + pull * abs(Float(row) - Float(samples) / 2)
        }
    }

    /// What each cut costs in a column: lip between it and the middle, and teeth or cavity beyond it.
    private static func cutCosts(
        _ inside: [Float], from middle: Int, away: Int, landmark: Float, tolerance: (in: Float, out: Float), step: Float
    ) -> [Float] {
        // on the wrong side of the middle there is no edge
        var costs = (0...samples).map { 100 + abs(Float($0 - middle)) }
        let cuts = Array(
            away > 0 ? stride(from: middle, through: samples, by: 1) : stride(from: middle, through: 0, by: -1))
        var cost = cuts.dropFirst().reduce(Float(0)) { $0 + inside[min(samples - 1, away > 0 ? $1 - 1 : $1)] }
        for (count, cut) in cuts.enumerated() {
            if count > 0 { cost += 1 - 2 * inside[away > 0 ? cut - 1 : cut] }
            let outwards = (Float(cut) - landmark) * step * Float(away)
            let off = outwards / (outwards > 0 ? tolerance.out : tolerance.in)
            costs[cut] = cost + 0.1 * abs(Float(cut) - landmark) + off * off * 0.007 / step
        }
        return costs
    }

    /// What a sample is, each 0...1; both 0 for lips.
    private struct Insideness {
        var teeth: Float
        var cavity: Float

        var either: Float { max(teeth, cavity) }
    }

    /// Teeth are less red than lips, or, where there is no colour, brighter; a cavity is much darker.
    private func insideness(_ column: Int, _ v: Float, isWide: Bool) -> Insideness {
        let colour = probe.smooth(u(column), v)
        let (top, bottom) = (geometry.upperInner[column], geometry.lowerInner[column])
        let side = isWide ? ramp(top, bottom, v) : 1
        let lipLuma = mix(contrast.upperLuma[column], contrast.lowerLuma[column], side)
        let light = (colour.x - 16) / max(1, lipLuma - 16)
        let isBetween = top - 0.01...bottom + 0.01 ~= v
        let edge = isBetween ? 1 - smoothstep(0.5, 0.65, abs(ColumnGrid.positions[column])) : 0
        let bright = ramp(1.10, 1.25, light)
        let teeth = mix(bright, paleness(colour.z - 128, light, edge: edge, side: isWide ? side : nil), contrast.trust)
        // skin looks like both, far from where the landmarks put the mouth, and hair already near by
        let hair = isWide && !contrast.upperIsLip
        let near =
            1 - smoothstep(0.03, 0.07, v - bottom)
            - (hair ? smoothstep(0, 0.02, top - v) : smoothstep(0.03, 0.07, top - v))
        // what is dark has little colour too; where it has, but in the corners, it is the upper lip's own shade
        let inner = 1 - smoothstep(0.55, 0.75, abs(ColumnGrid.positions[column]))
        let red = smoothstep(0.65, 0.9, (colour.z - 128) / contrast.leastRed)
        let shade = side < 0.5 ? inner * red * contrast.trust : 0
        return Insideness(
            teeth: near * teeth * ramp(0.40, 0.60, light), cavity: near * (1 - shade) * ramp(-0.72, -0.52, -light))
    }

    /// - Parameters:
    ///   - red: V above grey.
    ///   - edge: 1 well between the landmarks: there bright teeth may be as red as lips, for a picture's chroma is coarse;
    ///     lit skin is like that too.
    ///   - side: 0 at the upper lip, 1 at the lower one; nil where too little is to be seen of teeth to measure theirs.
    private func paleness(_ red: Float, _ light: Float, edge: Float, side: Float?) -> Float {
        let share = -red / contrast.leastRed
        let pale = max(ramp(-0.66, -0.48, share), edge * ramp(1.05, 1.20, light) * ramp(-0.95, -0.75, share))
        guard let side else { return pale }
        let lip = contrast.upperIsLip ? mix(contrast.upperRed, contrast.lowerRed, side) : contrast.lowerRed
        let part = (lip - red) / max(2, lip - contrast.paleRed)
        return max(pale, ramp(0.35, 0.65, part), edge * ramp(1.05, 1.20, light) * ramp(0.05, 0.35, part))
    }
}
