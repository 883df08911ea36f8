/// How a mouth's lips differ from what lies between them, as far as its landmarks tell where that is: teeth are yellow in
/// one face and blue in the next, lips red or hardly redder than the skin.
struct LipContrast {
    /// The luma of upper and lower lip over the columns, as faces are lit from one side.
    let upperLuma: [Float]
    let lowerLuma: [Float]
    /// V above grey of the lips; that of what is palest between them, not counting what is dark.
    let upperRed: Float
    let lowerRed: Float
    let paleRed: Float
    /// How much of the landmarks' gap is as light as lip or teeth, in IOD.
    let lightGap: Float
    /// The lightest between the landmarks against the lower lip.
    let brightness: Float
    /// V above grey of lips and skin, whichever is less: painted lips are much redder than the skin beside them.
    let leastRed: Float
    /// How far colour tells teeth from lips, 0...1: not at all in grey pictures and tiny faces.
    let trust: Float

    /// In a column: what is darker than this share of the lower lip is shade, whatever its colour.
    private static let shade: Float = 0.62
    private static let rows = 24

    /// As red as lips is what is palest between the landmarks: lips themselves, and no teeth. From 880 portraits, where it
    /// is below 0.8 in all but the darkest open mouths, and 0.9 and more in most shut ones.
    var isAllLip: Bool { paleRed > 0.8 * lowerRed && lightGap > 0.03 }
    /// Enough is paler than lips, and as light as they or much paler: dim bits of teeth are better painted.
    var hasTeeth: Bool {
        lightGap > 0.025 && paleRed < (brightness > 0.9 ? 0.8 : 0.55) * lowerRed
    }
    /// Hair over the mouth is as pale as teeth: its edge can't be told.
    var upperIsLip: Bool { upperRed > mix(paleRed, lowerRed, 0.5) }

    init(geometry: FaceGeometry, probe: PictureProbe) {
        func lip(_ inner: [Float], _ outer: [Float], at share: Float) -> [Colour] {
            ColumnGrid.positions.map { t in
                let inside = clamp(t, -0.6, 0.6)
                let column = ColumnGrid.index(inside)
                return probe.colour(
                    geometry.mouthCentre + inside * geometry.mouthHalfWidth, mix(inner[column], outer[column], share))
            }
        }
        let even = [Float](repeating: 1, count: 2 * Int(0.25 / ColumnGrid.step) + 1)
        let middle = ColumnGrid.index(-0.6)...ColumnGrid.index(0.6)
        let (upper, lower) = (
            lip(geometry.upperInner, geometry.upperOuter, at: 0.6),
            lip(geometry.lowerInner, geometry.lowerOuter, at: 0.5)
        )
        (upperLuma, lowerLuma) = (upper.map(\.x).smoothed(even), lower.map(\.x).smoothed(even))
        upperRed = median(upper[middle].map(\.z)) - 128
        let lowerRed = max(1, median(lower[middle].map(\.z)) - 128)
        self.lowerRed = lowerRed
        let reddest = min(lowerRed, Self.skin(geometry, probe).z - 128)
        leastRed = max(4, reddest)
        // chroma is coarse: in a face this small a sample of it is as large as a lip
        trust = ramp(3, 7, reddest) * ramp(15, 35, geometry.frame.scale)
        let between = Self.between(geometry, probe, shade: Self.shade, lowerLuma)
        paleRed = between.isEmpty ? lowerRed : max(0, median(between.map(\.palest)) - 128)
        lightGap = between.isEmpty ? 0 : median(between.map(\.light))
        brightness = median(between.map(\.brightest))
    }

    /// In each column between the landmarks: the least V of what is light, how much is light, in IOD, and the most luma
    /// against the lower lip's.
    private static func between(
        _ geometry: FaceGeometry, _ probe: PictureProbe, shade: Float, _ lowerLuma: [Float]
    ) -> [(palest: Float, light: Float, brightest: Float)] {
        stride(from: ColumnGrid.index(-0.5), through: ColumnGrid.index(0.5), by: 2).compactMap { column in
            let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
            let (top, bottom) = (geometry.upperInner[column], geometry.lowerInner[column])
            let colours = (0..<rows).map { probe.smooth(u, mix(top, bottom, (Float($0) + 0.5) / Float(rows))) }
            let lip = lowerLuma[column] - 16
            let light = colours.filter { $0.x - 16 > shade * lip }
            guard let palest = light.map(\.z).min(), let brightest = light.map(\.x).max() else { return nil }
            return (palest, Float(light.count) / Float(rows) * (bottom - top), (brightest - 16) / max(1, lip))
        }
    }

    /// The skin beside and below the mouth.
    private static func skin(_ geometry: FaceGeometry, _ probe: PictureProbe) -> Colour {
        let (centre, half) = (geometry.mouthCentre, geometry.mouthHalfWidth)
        let cheeks = [-1.35, 1.35].map { side in
            probe.median(u: centre + (side - 0.15) * half...centre + (side + 0.15) * half, v: -0.1...0.1)
        }
        return (cheeks[0] + cheeks[1]) / 2
    }
}
