/// Teeth that show as a thin bright strip between lips that are nearly shut: too thin for their colour to tell, as a
/// picture's chroma is coarse. Left on the lower lip they would be a white line.
struct ThinTeeth {
    private let geometry: FaceGeometry
    private let probe: PictureProbe

    /// How far below the line between the lips is looked, in IOD: 16 steps.
    private static let step: Float = 0.006
    private static let steps = 16
    /// The strip's brightest row lies within these steps; what is further down is the lip's own gloss.
    private static let nearest = 9
    /// The strip is this much brighter than the line above it and than the lip right below.
    private static let (rise, fall): (Float, Float) = (1.15, 0.93)

    init(geometry: FaceGeometry, probe: PictureProbe) {
        self.geometry = geometry
        self.probe = probe
    }

    /// How far down they reach from the line, over the columns; nil where there are none.
    func depths(below line: [Float]) -> [Float]? {
        let columns = ColumnGrid.index(-0.75)...ColumnGrid.index(0.75)
        let found = columns.map { depth(at: $0, below: line[$0]) }
        // a strip goes on; single columns are noise
        guard found.count(where: { $0 > 0 }) * 2 > found.count else { return nil }
        let even = found.indices.map { median(Array(found[max(0, $0 - 6)...min(found.count - 1, $0 + 6)])) }
        let smooth = even.smoothed(LipCurve.smoothing)
        var depths = [Float](repeating: 0, count: ColumnGrid.count)
        for (column, depth) in zip(columns, smooth) {
            depths[column] = depth * (1 - smoothstep(0.6, 0.75, abs(ColumnGrid.positions[column])))
        }
        return depths
    }

    private func depth(at column: Int, below line: Float) -> Float {
        let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
        let lumas = (0...Self.steps).map { row in
            let v = line + Float(row) * Self.step
            return (probe.luma(u - 0.012, v) + probe.luma(u, v) + probe.luma(u + 0.012, v)) / 3
        }
        guard let peak = (1...Self.nearest).max(by: { lumas[$0] < lumas[$1] }),
            let dip = (peak + 1...min(peak + 6, Self.steps)).min(by: { lumas[$0] < lumas[$1] }),
            lumas[peak] > Self.rise * lumas[0], lumas[dip] < Self.fall * lumas[peak]
        else { return 0 }
        // into the lip by the edge's own blur
        return Float(dip) * Self.step + max(0.004, 0.5 / geometry.frame.scale)
    }
}
