import Glibc

/// Where a drawn eye is in the picture: everything around its middle that is no skin. Points given by hand or found in
/// drawings tell only roughly how large an eye is, and a lid has to hide all of it, its outline too.
struct DrawnEye: Sendable {
    static let columnCount = 49

    /// From its left to its right end, in IOD; highest and lowest place of it in `columnCount` columns between.
    let left: Float
    let right: Float
    let top: [Float]
    let bottom: [Float]
    let skin: Colour
    /// The darkest of it, which its outline is drawn in.
    let line: Colour
    /// Of the outline above, in IOD.
    let lineWidth: Float

    /// What is looked at to each side of the eye's middle, in IOD.
    private static let window = SIMD2<Float>(0.46, 0.40)
    /// Lines are neither finer nor thicker than this; a dot that is a whole eye has no outline at all.
    private static let lineWidths: ClosedRange<Float> = 0.020...0.048

    /// Nil where the eye can't be told from what is around it: hair, glasses, wrong points.
    init?(eye: EyeShape, probe: PictureProbe) {
        let patch = EyePatch(eye: eye, window: Self.window, probe: probe)
        guard let spots = patch.spots, let first = spots.first, let last = spots.last else { return nil }
        (left, right) = (patch.u(first.column) - patch.step / 2, patch.u(last.column) + patch.step / 2)
        skin = patch.skin
        func column(_ index: Int) -> EyePatch.Spot {
            let share = Float(index) / Float(Self.columnCount - 1)
            return spots[Int((share * Float(spots.count - 1)).rounded())]
        }
        let columns = (0..<Self.columnCount).map(column)
        let even: [Float] = [1, 2, 3, 2, 1]
        top = columns.map { patch.v($0.top) - patch.step / 2 }.smoothed(even)
        bottom = columns.map { patch.v($0.bottom) + patch.step / 2 }.smoothed(even)
        line = patch.darkest
        // beside the iris, which may touch the outline
        let widths = (columns[9..<17] + columns[32..<40]).map { patch.lineWidth(below: $0) }
        lineWidth = clamp(median(widths), Self.lineWidths.lowerBound, Self.lineWidths.upperBound)
    }
}

/// The samples around an eye on a grid, and which of them belong to it.
private struct EyePatch {
    struct Spot {
        let column: Int
        var top: Int
        var bottom: Int
    }

    let step: Float
    let skin: Colour
    /// The eye's columns from left to right; nil when the eye has no border.
    private(set) var spots: [Spot]?
    /// The mean of the darkest tenth of it.
    private(set) var darkest: Colour = .zero

    private let origin: SIMD2<Float>
    private let columns: Int
    private let rows: Int
    private let colours: [Colour]

    /// Further than this from the skin a sample is no skin: more than shading and what JPEG leaves.
    private static let (lumaLimit, chromaLimit): (Float, Float) = (14, 9)
    /// So many of its samples may lie on the border of what is looked at: a lash, not a head of hair.
    private static let mostOnBorder = 6

    init(eye: EyeShape, window: SIMD2<Float>, probe: PictureProbe) {
        let step = max(0.009, 0.7 / probe.frame.scale)
        let (up, down) = (min(window.y, max(0.14, eye.middle - eye.brow)), window.y)
        let origin = SIMD2(eye.centre - window.x, eye.middle - up)
        let (columns, rows) = (Int(2 * window.x / step) + 1, Int((up + down) / step) + 1)
        let colours = (0..<columns * rows).map { index in
            probe.colour(
                origin.x + Float(index % columns) * step, origin.y + Float(index / columns) * step)
        }
        (self.step, self.origin, self.columns, self.rows, self.colours) = (step, origin, columns, rows, colours)
        skin = Self.skin(around: eye, probe)
        find(eye)
    }

    func u(_ column: Int) -> Float { origin.x + Float(column) * step }
    func v(_ row: Int) -> Float { origin.y + Float(row) * step }

    /// How far down from its top the eye is as dark as its line.
    func lineWidth(below spot: Spot) -> Float {
        let limit = (darkest.x + skin.x) / 2
        var row = spot.top
        // the first row or two are half skin
        while row < spot.bottom, row < spot.top + 2, colours[row * columns + spot.column].x >= limit { row += 1 }
        let start = row
        while row <= spot.bottom, colours[row * columns + spot.column].x < limit { row += 1 }
        return Float(row - start) * step
    }

    /// The middle colour of a ring around the eye.
    private static func skin(around eye: EyeShape, _ probe: PictureProbe) -> Colour {
        let ring = (0..<36).map { index in
            let angle = Float(index) * .pi / 18
            return probe.colour(eye.centre + 0.40 * cosf(angle), eye.middle + 0.05 + 0.30 * sinf(angle))
        }
        return .median(of: ring)
    }

    private func isSkin(_ index: Int) -> Bool {
        abs(colours[index].x - skin.x) < Self.lumaLimit && colours[index].chromaDistance(to: skin) < Self.chromaLimit
    }

    /// Fills from the eye's middle over all that is no skin.
    private mutating func find(_ eye: EyeShape) {
        var belongs = [Bool](repeating: false, count: columns * rows)
        var open = colours.indices.filter { index in
            let x = (u(index % columns) - eye.centre) / max(0.08, 0.7 * eye.halfWidth)
            let y = (v(index / columns) - eye.middle) / max(0.05, 0.4 * eye.height)
            return x * x + y * y < 1 && !isSkin(index)
        }
        for index in open { belongs[index] = true }
        while let index = open.popLast() {
            let (column, row) = (index % columns, index / columns)
            for (x, y) in [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
            where (0..<columns).contains(x) && (0..<rows).contains(y) {
                let next = y * columns + x
                guard !belongs[next], !isSkin(next) else { continue }
                belongs[next] = true
                open.append(next)
            }
        }
        take(belongs)
    }

    private mutating func take(_ belongs: [Bool]) {
        let found = belongs.indices.filter { belongs[$0] }
        let onBorder = found.count { index in
            let (column, row) = (index % columns, index / columns)
            return column == 0 || row == 0 || column == columns - 1 || row == rows - 1
        }
        guard found.count > 24, onBorder <= Self.mostOnBorder else { return }
        let byLuma = found.map { colours[$0] }.sorted { $0.x < $1.x }.prefix(max(1, found.count / 10))
        darkest = byLuma.reduce(.zero, +) / Float(byLuma.count)
        spots = (0..<columns).compactMap { column in
            let inColumn = (0..<rows).filter { belongs[$0 * columns + column] }
            guard let top = inColumn.first, let bottom = inColumn.last else { return nil }
            return Spot(column: column, top: top, bottom: bottom)
        }
    }
}
