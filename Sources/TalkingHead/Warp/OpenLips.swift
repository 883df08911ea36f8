/// Finds the inner edges of open lips: where lip turns into teeth or shadow.
///
/// Landmarks are too few for it: what they leave of teeth and dark corners would stay on the shut lips as specks.
struct OpenLips {
    private let geometry: FaceGeometry
    private let probe: PictureProbe
    /// The lower lip's luma over the columns, as faces are lit from one side; its middle, saturation and redness.
    private let localLuma: [Float]
    private let luma: Float
    private let saturation: Float
    private let redness: Float

    /// Gaps between the landmarks of shut lips are smaller than this, in IOD.
    static let surelyOpen: Float = 0.055
    /// How far to each side of the landmarks' edge it is looked for, in IOD, and in how many steps.
    private static let reach: Float = 0.09
    private static let samples = 36

    init(geometry: FaceGeometry, probe: PictureProbe) {
        self.geometry = geometry
        self.probe = probe
        let lips = ColumnGrid.positions.enumerated().map { index, t in
            let inside = clamp(t, -0.6, 0.6)
            let column = ColumnGrid.index(inside)
            let v = (geometry.lowerInner[column] + geometry.lowerOuter[column]) / 2
            return probe.colour(geometry.mouthCentre + inside * geometry.mouthHalfWidth, v)
        }
        localLuma = lips.map(\.x).smoothed([Float](repeating: 1, count: 2 * Int(0.25 / ColumnGrid.step) + 1))
        let middle = lips[ColumnGrid.index(-0.6)...ColumnGrid.index(0.6)]
        luma = median(middle.map(\.x))
        saturation = median(middle.map(\.saturation))
        redness = max(4, median(middle.map { $0.z - 128 }))
    }

    /// Teeth (brighter and greyer than the lip) or a cavity (much darker) fill a third of the landmarks' outline.
    ///
    /// In a gap within the landmarks' error only teeth count: the dark line between shut lips looks like a cavity.
    func isOpen(gap: Float) -> Bool {
        guard gap > 0.02 else { return false }
        let countsDark = gap > Self.surelyOpen
        var (seen, inside): (Float, Float) = (0, 0)
        for index in ColumnGrid.indices where abs(ColumnGrid.positions[index]) < 0.7 {
            let u = geometry.mouthCentre + ColumnGrid.positions[index] * geometry.mouthHalfWidth
            for depth in stride(from: Float(0.15), to: 0.9, by: 0.1) {
                let colour = probe.colour(u, mix(geometry.upperInner[index], geometry.lowerInner[index], depth))
                let teeth = colour.x > 1.12 * luma && colour.saturation < 0.72 * saturation
                let cavity = colour.x < 16 + 0.45 * (luma - 16)
                seen += 1
                inside += teeth || (cavity && countsDark) ? 1 : 0
            }
        }
        return inside >= 0.35 * seen
    }

    /// The edges of upper and lower lip over the columns.
    func edges() -> (upper: [Float], lower: [Float]) {
        (edge(from: geometry.upperInner, away: -1), edge(from: geometry.lowerInner, away: 1))
    }

    /// 0 lip ... 1 teeth (less red) or cavity (much darker).
    private func insideness(_ colour: Colour, _ column: Int) -> Float {
        let teeth = ramp(-0.80, -0.55, (128 - colour.z) / redness)
        let cavity = ramp(-0.72, -0.52, (16 - colour.x) / max(1, localLuma[column] - 16))
        return max(teeth, cavity)
    }

    /// The best cut between inside and lip in every column: as little lip within and as little of the mouth outside as
    /// can be, on a smooth path. `away` is -1 for the upper lip, 1 for the lower one.
    private func edge(from landmarks: [Float], away: Float) -> [Float] {
        let columns = ColumnGrid.indices.filter { abs(ColumnGrid.positions[$0]) < 1 }
        let step = 2 * Self.reach / Float(Self.samples)
        let costs = columns.map { cutCosts($0, from: landmarks[$0], step: away * step) }
        let path = MouthLine.cheapestPath(costs, stepCost: 0.8)
        let moved = path.map { away * (Float($0) * step - Self.reach) }.smoothed(LipCurve.smoothing)
        var result = landmarks
        for (index, offset) in zip(columns, moved) {
            // a pixel further, for the edge's own blur; nothing at the corners, where there is no lip to cut
            let blur = away * 1.0 / geometry.frame.scale
            result[index] += (offset + blur) * (1 - smoothstep(0.90, 1, abs(ColumnGrid.positions[index])))
        }
        return result
    }

    /// What each cut costs in a column: lip within and mouth without, in samples.
    private func cutCosts(_ column: Int, from landmark: Float, step: Float) -> [Float] {
        let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
        let half = Float(Self.samples) / 2
        let inside = (0..<Self.samples).map { sample in
            insideness(probe.colour(u, landmark + (Float(sample) + 0.5 - half) * step), column)
        }
        var costs = [inside.reduce(0, +)]
        for (sample, value) in inside.enumerated() {
            costs.append(costs[sample] + 1 - 2 * value)
        }
        // the landmarks' word counts a little
        return costs.enumerated().map { $1 + 0.15 * abs(Float($0) - half) }
    }
}
