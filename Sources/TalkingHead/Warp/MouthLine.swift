/// Finds the lips' true edges in the picture.
///
/// Landmarks are off by a few percent of the eye distance: enough to leave a strip of one lip on the other, or specks
/// of teeth on lips that are meant to be shut.
enum MouthLine {
    /// Moves the geometry's inner curves onto what the picture shows, and decides whether the mouth stands open.
    static func refine(_ geometry: inout FaceGeometry, in picture: YUVPicture) {
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        let landmarkGap = geometry.greatestGap
        // a smaller gap is within the landmarks' error
        let looksOpen = landmarkGap > 0.055
        geometry.showsTeeth = looksOpen && isOpen(geometry, probe)
        if geometry.showsTeeth {
            widen(&geometry)
        } else {
            let search = searchReach + (looksOpen ? landmarkGap / 2 : 0)
            let line = closedLine(geometry, probe, reach: search) ?? geometry.middle
            (geometry.upperInner, geometry.lowerInner) = (line, line)
        }
        geometry.separateLips()
    }

    /// How far from the landmarks the line between closed lips is looked for, in IOD.
    private static let searchReach: Float = 0.055
    /// The line is looked for between these t: at the very corners there is only shadow.
    private static let innermost: Float = 0.94

    /// Teeth (brighter and greyer than the lip) or a cavity (much darker) fill a third of the inner outline.
    private static func isOpen(_ geometry: FaceGeometry, _ probe: PictureProbe) -> Bool {
        func u(_ index: Int) -> Float {
            geometry.mouthCentre + ColumnGrid.positions[index] * geometry.mouthHalfWidth
        }
        let lips = ColumnGrid.indices.filter { abs(ColumnGrid.positions[$0]) < 0.6 }.map { index in
            probe.colour(u(index), (geometry.lowerInner[index] + geometry.lowerOuter[index]) / 2)
        }
        let (lipLuma, lipSaturation) = (median(lips.map(\.x)), median(lips.map(\.saturation)))
        var (seen, inside) = (0, 0)
        for index in ColumnGrid.indices where abs(ColumnGrid.positions[index]) < 0.7 {
            for depth in stride(from: Float(0.15), to: 0.9, by: 0.1) {
                let colour = probe.colour(u(index), mix(geometry.upperInner[index], geometry.lowerInner[index], depth))
                let teeth = colour.x > 1.12 * lipLuma && colour.saturation < 0.72 * lipSaturation
                let cavity = colour.x < 16 + 0.45 * (lipLuma - 16)
                seen += 1
                inside += teeth || cavity ? 1 : 0
            }
        }
        return Float(inside) >= 0.35 * Float(seen)
    }

    /// Pushes the inner curves of an open mouth outwards, over what the landmarks left of teeth.
    private static func widen(_ geometry: inout FaceGeometry) {
        for (index, t) in ColumnGrid.positions.enumerated() where abs(t) < 1 {
            let push = 0.016 * (1 - t * t * t * t)
            geometry.upperInner[index] -= push
            geometry.lowerInner[index] += 0.8 * push
        }
    }

    /// The darkest smooth path between the corners (dynamic programming); nil where the mouth has too few pixels.
    private static func closedLine(_ geometry: FaceGeometry, _ probe: PictureProbe, reach: Float) -> [Float]? {
        let scale = geometry.frame.scale
        let columns = Int(2 * geometry.mouthHalfWidth * scale * innermost)
        guard columns > 8 else { return nil }
        // half-pixel steps to each side
        let side = Int(reach * scale * 2) + 2
        let middle = geometry.middle
        let starts = (0..<columns).map { column in
            middle[ColumnGrid.index(position(column, of: columns))]
        }
        let costs = (0..<columns).map { column in
            let u = geometry.mouthCentre + position(column, of: columns) * geometry.mouthHalfWidth
            return (-side...side).map { step in
                let luma = probe.luma(u, starts[column] + Float(step) * 0.5 / scale)
                // landmarks count a little: 18 luma steps at the far end of the search
                return luma + 18 * abs(Float(step)) / Float(side)
            }
        }
        let path = cheapestPath(costs)
        let line = zip(starts, path).map { start, step in start + Float(step - side) * 0.5 / scale }
        let smooth = line.smoothed([Float](repeating: 1, count: 2 * max(1, columns / 16) + 1))
        return ColumnGrid.positions.map { t in
            let place = clamp((t + innermost) / (2 * innermost), 0, 1) * Float(columns - 1)
            let index = min(columns - 2, Int(place))
            return mix(smooth[index], smooth[index + 1], place - Float(index))
        }
    }

    private static func position(_ column: Int, of columns: Int) -> Float {
        -innermost + 2 * innermost * Float(column) / Float(columns - 1)
    }

    /// Per column the row of the path with the least sum of costs; a step to the next row costs 2 luma steps.
    static func cheapestPath(_ costs: [[Float]]) -> [Int] {
        guard var sums = costs.first else { return [] }
        var origins: [[Int]] = []
        for column in costs.dropFirst() {
            var (next, from) = (column, [Int](repeating: 0, count: column.count))
            for row in column.indices {
                var best = row
                for other in max(0, row - 1)...min(column.count - 1, row + 1)
                where sums[other] + 2 * Float(abs(other - row)) < sums[best] + 2 * Float(abs(best - row)) {
                    best = other
                }
                from[row] = best
                next[row] += sums[best] + 2 * Float(abs(best - row))
            }
            sums = next
            origins.append(from)
        }
        var path = [sums.indices.min { sums[$0] < sums[$1] } ?? 0]
        for from in origins.reversed() {
            path.append(from[path[path.count - 1]])
        }
        return path.reversed()
    }
}

extension FaceGeometry {
    /// Half way between the inner lip curves.
    fileprivate var middle: [Float] { zip(upperInner, lowerInner).map { ($0 + $1) / 2 } }
}
