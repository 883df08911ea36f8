/// Smooths measured curves that have strays among their points: the smooth curve nearest to the points, where points
/// that lie far from it count for little (Whittaker 1923 with second differences, weights renewed as in IRLS).
struct SteadyCurve {
    /// How far apart, in points, bends may lie that are kept.
    let length: Float
    /// Points this far from the curve count half; in the points' own unit.
    let tolerance: Float

    private static let rounds = 4

    /// - Parameter weights: how sure each point is; not all 0.
    func fitted(_ points: [Float], weights: [Float]) -> [Float] {
        guard points.count > 4 else { return points }
        var curve = solved(points, weights)
        for _ in 1..<Self.rounds {
            let renewed = points.indices.map { index in
                let away = (points[index] - curve[index]) / tolerance
                return weights[index] / (1 + away * away)
            }
            curve = solved(points, renewed)
        }
        return curve
    }

    /// The z with the least sum of w (y - z)^2 + s (second difference of z)^2: a system of five diagonals, by LDL^T.
    private func solved(_ points: [Float], _ weights: [Float]) -> [Float] {
        let count = points.count
        let stiffness = Double(length * length * length * length)
        let none = [Double](repeating: 0, count: count)
        var (d, e, f) = (none, none, none)
        var z = zip(points, weights).map { Double($0) * Double($1) }
        for index in 0..<count {
            // the diagonals of the second differences' square: 1 5 6 ... 6 5 1, -2 -4 ... -4 -2, 1 ... 1
            let (last, fromEnd) = (count - 1, min(index, count - 1 - index))
            let middle: Double = fromEnd == 0 ? 1 : fromEnd == 1 ? 5 : 6
            let next: Double = index == 0 || index == last - 1 ? -2 : -4
            let (e1, f1) = (index > 0 ? e[index - 1] : 0, index > 1 ? f[index - 2] : 0)
            let (d1, d2) = (index > 0 ? d[index - 1] : 0, index > 1 ? d[index - 2] : 0)
            d[index] = Double(weights[index]) + 1e-9 + stiffness * middle - e1 * e1 * d1 - f1 * f1 * d2
            if index < last {
                e[index] = (stiffness * next - (index > 0 ? e[index - 1] * f[index - 1] * d1 : 0)) / d[index]
            }
            if index < last - 1 { f[index] = stiffness / d[index] }
            z[index] -= (index > 0 ? e1 * z[index - 1] : 0) + (index > 1 ? f1 * z[index - 2] : 0)
        }
        for index in 0..<count { z[index] /= d[index] }
        for index in stride(from: count - 2, through: 0, by: -1) {
            z[index] -= e[index] * z[index + 1] + (index < count - 2 ? f[index] * z[index + 2] : 0)
        }
        return z.map(Float.init)
    }
}
