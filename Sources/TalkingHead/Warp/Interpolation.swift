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

/// A value held within bounds.
@inline(__always)
func clamp(_ x: Float, _ low: Float, _ high: Float) -> Float {
    min(high, max(low, x))
}

/// The middle value; 0 of nothing.
func median(_ values: [Float]) -> Float {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
