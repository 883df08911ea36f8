/// Finds the open mouth of a drawing: where its line or lips end, and a dark or white fill begins.
///
/// Even colours make this simple: what isn't skin is mouth, and in it what is much darker than skin, or white, is open.
struct DrawnOpening {
    private let geometry: FaceGeometry
    private let probe: PictureProbe
    private let skin: Colour

    /// Openings smaller than this are a shut mouth's shade or its line, in IOD.
    private static let leastOpening: Float = 0.07
    /// Lines around a mouth are thinner than this, in IOD.
    private static let thickestLine: Float = 0.07
    /// Between samples, in IOD.
    private static let step: Float = 0.006

    init(geometry: FaceGeometry, skin: Colour, probe: PictureProbe) {
        (self.geometry, self.skin, self.probe) = (geometry, skin, probe)
    }

    /// The inner edges of both lips over the columns; nil where the mouth is shut, or the drawing can't tell.
    func edges() -> (upper: [Float], lower: [Float])? {
        let spans = ColumnGrid.indices.map { abs(ColumnGrid.positions[$0]) <= 1 ? span(in: $0) : nil }
        let middle = ColumnGrid.indices.filter { abs(ColumnGrid.positions[$0]) < 0.5 }
        guard median(middle.map { spans[$0]?.open ?? 0 }) > Self.leastOpening else { return nil }
        // one thickness for all: at the corners lines are cut lengthwise
        let above = median(middle.compactMap { spans[$0]?.above })
        let below = median(middle.compactMap { spans[$0]?.below })
        let columns = ColumnGrid.indices.filter { spans[$0] != nil }
        guard let first = columns.first, let last = columns.last else { return nil }
        func edge(_ heights: [Float]) -> [Float] {
            let steady = SteadyCurve(length: 6, tolerance: 0.02)
                .fitted(heights, weights: [Float](repeating: 1, count: heights.count))
            return ColumnGrid.indices.map { steady[min(max($0, first), last) - first] }
        }
        // a column without a mouth between others has that of its neighbour
        let known = (first...last).map { index in spans[...index].last { $0 != nil } ?? nil }
        let upper = edge(known.map { ($0?.run.lowerBound ?? 0) + above })
        let lower = edge(known.map { ($0?.run.upperBound ?? 0) - below })
        let middles = zip(upper, lower).map { ($0 + $1) / 2 }
        // skin is even, so that a little of it may go beside an end that is wide open: a sudden end would tear it
        let halves = ColumnGrid.indices.map { index in
            let share = 1 - smoothstep(1, 1.6, abs(ColumnGrid.positions[index]))
            return max(0, lower[index] - upper[index]) / 2 * share
        }
        return (zip(middles, halves).map(-), zip(middles, halves).map(+))
    }

    private struct Span {
        /// From the upper lip's or line's outer edge to the lower one's.
        var run: Range<Float>
        /// How much of it is the upper and the lower lip, or the half of the line in their place.
        var above: Float
        var below: Float
        /// How much of it is dark or white.
        var open: Float
    }

    /// Of the runs that aren't skin, between nose and chin, the one with the most that is open.
    private func span(in column: Int) -> Span? {
        let u = geometry.mouthCentre + ColumnGrid.positions[column] * geometry.mouthHalfWidth
        let (top, bottom) = (geometry.noseBase, geometry.chin - 0.06)
        let count = Int((bottom - top) / Self.step)
        guard count > 2 else { return nil }
        let colours = (0..<count).map { probe.colour(u, top + (Float($0) + 0.5) * Self.step) }
        var runs: [Range<Int>] = []
        for index in colours.indices where !isSkin(colours[index]) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        func open(_ run: Range<Int>) -> Int { run.count { isOpen(colours[$0]) } }
        // what goes on beyond them is no mouth but the face's border, and what lies above the lips is a moustache
        let line = Int(((geometry.upperInner[column] + geometry.lowerInner[column]) / 2 - top) / Self.step)
        let margin = Int(0.05 / Self.step)
        let mouths = runs.filter { run in
            run.lowerBound > 0 && run.upperBound < count && run.lowerBound - margin <= line
                && line < run.upperBound + margin
        }
        guard let run = mouths.max(by: { open($0) < open($1) }), open(run) > 0 else { return nil }
        let (above, below) = lips(colours, run)
        let heights = top + Float(run.lowerBound) * Self.step..<top + Float(run.upperBound) * Self.step
        return Span(run: heights, above: above, below: below, open: Float(open(run)) * Self.step)
    }

    /// How much of a run is the upper and the lower lip, or the half of the line in their place, in IOD.
    private func lips(_ colours: [Colour], _ run: Range<Int>) -> (above: Float, below: Float) {
        let fill = median(run.filter { isOpen(colours[$0]) }.map { colours[$0].x })
        func thickness(_ indices: some Sequence<Int>) -> Float {
            var (lip, line): (Float, Float) = (0, 0)
            for index in indices {
                if isOpen(colours[index]) {
                    guard abs(colours[index].x - fill) > 12, colours[index].x < skin.x, line < Self.thickestLine
                    else { break }
                    line += Self.step
                } else {
                    guard line == 0 else { break }
                    lip += Self.step
                }
            }
            return lip + line / 2
        }
        let above = thickness(run)
        let below = thickness(run.reversed())
        // a tongue lies on the lower lip
        return (above, min(below, 1.5 * above + 0.02))
    }

    private func isSkin(_ colour: Colour) -> Bool {
        abs(colour.x - skin.x) < 12 && colour.chromaDistance(to: skin) < 8
    }

    private func isOpen(_ colour: Colour) -> Bool {
        let neutral = Colour(0, 128, 128, 0)
        let isDark = colour.x - 16 < 0.45 * (skin.x - 16) && colour.x < skin.x - 25
        let isWhite = colour.x > skin.x + 12 && colour.chromaDistance(to: neutral) < 12
        return isDark || isWhite && skin.chromaDistance(to: neutral) > 12
    }
}
