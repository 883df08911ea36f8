/// Finds the lips' true edges in the picture.
///
/// Landmarks are off by a few percent of the eye distance: enough to leave a strip of one lip on the other, or specks
/// of teeth on lips that are meant to be shut.
package enum MouthLine {
    /// Moves the geometry's inner curves onto what the picture shows, and decides whether the mouth stands open.
    package static func refine(_ geometry: inout FaceGeometry, in picture: YUVPicture) {
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        if geometry.isDrawing, takeDrawnOpening(&geometry, probe) { return }
        let landmarkGap = geometry.greatestGap
        let lips = OpenLips(geometry: geometry, probe: probe)
        // of a drawing only colours count: to the lips of a photograph a drawn line looks like a cavity
        let opening = geometry.isDrawing ? nil : lips.opening(gap: landmarkGap)
        geometry.showsTeeth = opening != nil
        geometry.hasOwnTeeth = opening?.isTeeth ?? false
        if let opening {
            for index in ColumnGrid.indices {
                let middle = (opening.upper[index] + opening.lower[index]) / 2
                geometry.upperInner[index] = min(opening.upper[index], middle)
                geometry.lowerInner[index] = max(opening.lower[index], middle)
            }
        } else {
            let search = searchReach + (landmarkGap > OpenLips.surelyOpen ? landmarkGap / 2 : 0)
            let line = closedLine(geometry, probe, reach: search) ?? geometry.middle
            geometry.upperInner = line
            let teeth = ThinTeeth(geometry: geometry, probe: probe).depths(below: line)
            geometry.lowerInner = teeth.map { zip(line, $0).map(+) } ?? line
        }
        geometry.separateLips()
    }

    private static func takeDrawnOpening(_ geometry: inout FaceGeometry, _ probe: PictureProbe) -> Bool {
        let skin = Complexion(geometry: geometry, picture: probe.picture).skin
        guard let edges = DrawnOpening(geometry: geometry, skin: skin, probe: probe).edges() else { return false }
        (geometry.upperInner, geometry.lowerInner) = edges
        geometry.showsTeeth = true
        geometry.separateLips()
        return true
    }

    /// How far from the landmarks the line between closed lips is looked for, in IOD.
    private static let searchReach: Float = 0.055
    /// The line is looked for between these t: at the very corners there is only shadow.
    private static let innermost: Float = 0.94

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
        let valleys = (0..<columns).map { column in
            let u = geometry.mouthCentre + position(column, of: columns) * geometry.mouthHalfWidth
            return (-side...side).map { valley(probe, u, starts[column] + Float($0) * 0.5 / scale) }
        }
        let costs = valleys.map { column in
            column.enumerated().map { step, valley in
                // landmarks count a little: 18 luma steps at the far end of the search
                valley.cost + 18 * abs(Float(step - side)) / Float(side)
            }
        }
        let path = cheapestPath(costs, stepCost: 2)
        let line = zip(starts, path).map { start, step in start + Float(step - side) * 0.5 / scale }
        let depths = zip(valleys, path).map { column, step in 0.1 + max(0, column[step].depth) / 20 }
        let smooth = SteadyCurve(length: bend * Float(columns), tolerance: max(0.012, 0.7 / scale))
            .fitted(line, weights: depths)
        return ColumnGrid.positions.map { t in
            let place = clamp((t + innermost) / (2 * innermost), 0, 1) * Float(columns - 1)
            let index = min(columns - 2, Int(place))
            return mix(smooth[index], smooth[index + 1], place - Float(index))
        }
    }

    /// The least bend of the line that is kept, in parts of its length: the dip below the upper lip's middle.
    private static let bend: Float = 0.045

    /// How much darker a place is than the lips to both sides of it, and what it costs the line to go through it.
    ///
    /// Darkness alone would lead the line into a moustache.
    private static func valley(_ probe: PictureProbe, _ u: Float, _ v: Float) -> (depth: Float, cost: Float) {
        let luma = probe.luma(u, v)
        let depth = min(probe.luma(u, v - 0.03), probe.luma(u, v + 0.03)) - luma
        return (depth, 0.5 * luma - 0.5 * depth)
    }

    private static func position(_ column: Int, of columns: Int) -> Float {
        -innermost + 2 * innermost * Float(column) / Float(columns - 1)
    }

    /// Per column the row of the path with the least sum of costs; `stepCost` is that of going to the next row.
    package static func cheapestPath(_ costs: [[Float]], stepCost: Float) -> [Int] {
        guard var sums = costs.first else { return [] }
        var origins: [[Int]] = []
        for column in costs.dropFirst() {
            var (next, from) = (column, [Int](repeating: 0, count: column.count))
            for row in column.indices {
                var best = row
                for other in max(0, row - 1)...min(column.count - 1, row + 1)
                where sums[other] + stepCost * Float(abs(other - row)) < sums[best] + stepCost * Float(abs(best - row))
                {
                    best = other
                }
                from[row] = best
                next[row] += sums[best] + stepCost * Float(abs(best - row))
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
