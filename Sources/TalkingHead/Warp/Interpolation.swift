/// 0 below `from`, 1 above `to`, linear between.
@inline(__always)
func ramp(_ from: Float, _ to: Float, _ x: Float) -> Float {
    min(1, max(0, (x - from) / (to - from)))
}

/// 0 below `from`, 1 above `to`, between them without a kink at either end.
@inline(__always)
func smoothstep(_ from: Float, _ to: Float, _ x: Float) -> Float {
    let t = ramp(from, to, x)
    return t * t * (3 - 2 * t)
}

@inline(__always)
func mix(_ a: Float, _ b: Float, _ t: Float) -> Float {
    a + (b - a) * t
}
