/// A turn, a scale and a shift of the plane: p -> s R p + t.
package struct Similarity: Hashable, Sendable {
    /// Scale times cosine and scale times sine of the angle.
    package var turn: SIMD2<Float>
    package var shift: SIMD2<Float>

    package static let identity = Similarity(turn: SIMD2(1, 0), shift: .zero)

    package init(turn: SIMD2<Float>, shift: SIMD2<Float>) {
        self.turn = turn
        self.shift = shift
    }

    /// The one that takes `from` to `to` with the least squared error; both have the same count.
    package init(fitting from: [SIMD2<Float>], to: [SIMD2<Float>]) {
        let (source, target) = (from.mean, to.mean)
        var (cosine, sine, size): (Float, Float, Float) = (0, 0, 0)
        for (p, q) in zip(from, to) {
            let (a, b) = (p - source, q - target)
            cosine += a.x * b.x + a.y * b.y
            sine += a.x * b.y - a.y * b.x
            size += a.x * a.x + a.y * a.y
        }
        turn = size > 0 ? SIMD2(cosine, sine) / size : SIMD2(1, 0)
        shift = .zero
        shift = target - self(source)
    }

    package var scale: Float { turn.length }

    package var inverse: Similarity {
        let square = turn.x * turn.x + turn.y * turn.y
        var back = Similarity(turn: SIMD2(turn.x, -turn.y) / square, shift: .zero)
        back.shift = -back(shift)
        return back
    }

    @inline(__always)
    package func callAsFunction(_ p: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2(turn.x * p.x - turn.y * p.y, turn.y * p.x + turn.x * p.y) + shift
    }

    /// First `inner`, then this.
    package func after(_ inner: Similarity) -> Similarity {
        let (a, b) = (turn, inner.turn)
        return Similarity(
            turn: SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x), shift: self(inner.shift))
    }
}

extension SIMD2<Float> {
    var length: Float { (x * x + y * y).squareRoot() }

    func dot(_ other: Self) -> Float { x * other.x + y * other.y }
}

extension Collection<SIMD2<Float>> {
    var mean: SIMD2<Float> {
        isEmpty ? .zero : reduce(.zero, +) / Float(count)
    }
}
