/// A smooth curve v(u) through a few points (Catmull-Rom), level beyond its ends.
package struct LipCurve {
    private let points: [SIMD2<Float>]

    /// Points closer than this in u (IOD) would make a step of noise: only the first of them is kept.
    private static let leastSpacing: Float = 0.008

    /// Weights that take noise out of a curve over the columns and leave a lip's bow: a triangle of 0.3 of the mouth.
    package static let smoothing: [Float] = (-7...7).map { 8 - abs(Float($0)) }

    package init(_ points: [SIMD2<Float>]) {
        var kept: [SIMD2<Float>] = []
        for point in points.sorted(by: { $0.x < $1.x }) {
            if let last = kept.last, point.x - last.x <= Self.leastSpacing { continue }
            kept.append(point)
        }
        self.points = kept
    }

    package subscript(u: Float) -> Float {
        guard let first = points.first, let last = points.last, points.count > 1, u > first.x else {
            return points.first?.y ?? 0
        }
        guard u < last.x else { return last.y }
        var index = 0
        while points[index + 1].x < u { index += 1 }
        let (a, b) = (points[index], points[index + 1])
        let width = b.x - a.x
        let (m0, m1) = (slope(index) * width, slope(index + 1) * width)
        let t = (u - a.x) / width
        let (t2, t3) = (t * t, t * t * t)
        let ends = (2 * t3 - 3 * t2 + 1) * a.y + (3 * t2 - 2 * t3) * b.y
        return ends + (t3 - 2 * t2 + t) * m0 + (t3 - t2) * m1
    }

    private func slope(_ index: Int) -> Float {
        let (a, b) = (points[max(0, index - 1)], points[min(points.count - 1, index + 1)])
        return (b.y - a.y) / (b.x - a.x)
    }
}
