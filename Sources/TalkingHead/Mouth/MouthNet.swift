import Glibc

/// The net that hears shapes of the mouth in band levels: convolutions over time with residuals, four outputs.
///
/// Trained by training/run (see training/README.md). Streams: it keeps the few frames that the next outputs look back
/// at. At the sound's ends the border frames repeat.
struct MouthNet {
    /// Frames computed together.
    private static let chunk = 100

    private let weights = MouthWeights.trained
    /// Frames from the next output's first on.
    private var pending: [Float] = []
    /// Per frame open, wide, round and lips shut, 0...1, as the net says them.
    private var said: [SIMD4<Float>] = []

    /// Takes normalized band levels of further frames.
    mutating func add(_ bands: [Float]) {
        guard !bands.isEmpty else { return }
        if pending.isEmpty {
            for _ in 0..<weights.reach { pending.append(contentsOf: bands[..<MelBands.count]) }
        }
        pending.append(contentsOf: bands)
        say(atLeast: Self.chunk)
    }

    /// The shapes of all frames.
    mutating func finish() -> [MouthShape] {
        if !pending.isEmpty {
            let border = Array(pending.suffix(MelBands.count))
            for _ in 0..<weights.reach { pending.append(contentsOf: border) }
            say(atLeast: 1)
        }
        return shapes()
    }

    private mutating func say(atLeast least: Int) {
        while true {
            let count = min(pending.count / MelBands.count - 2 * weights.reach, Self.chunk)
            guard count >= least else { return }
            said.append(contentsOf: outputs(of: pending, count: count))
            pending.removeFirst(count * MelBands.count)
        }
    }

    /// Outputs of `count` frames from `count + 2 * reach` frames of bands.
    private func outputs(of bands: [Float], count: Int) -> [SIMD4<Float>] {
        var (values, frames) = (bands, count + 2 * weights.reach)
        for layer in weights.layers {
            values = layer.applied(to: values, frames: frames)
            frames -= 2 * layer.dilation
        }
        return (0..<count).map { weights.mouth.applied(to: values, frame: $0) }
    }

    /// Smooths what a net that hears single frames has of jitter, and shuts the mouth where it says that lips are shut.
    private func shapes() -> [MouthShape] {
        said.indices.map { index in
            let (before, after) = (said[max(index - 1, 0)], said[min(index + 1, said.count - 1)])
            let value = (before + after) * 0.25 + said[index] * 0.5
            // from likely shut (0.15) to surely shut (0.7)
            let shut = min(max((value.w - 0.15) / 0.55, 0), 1)
            return MouthShape(open: value.x * (1 - shut), wide: value.y, round: value.z)
        }
    }
}

/// A convolution over three frames, `dilation` apart, with ReLU; where it keeps the width it adds to its input.
struct ConvolutionLayer: Sendable {
    let dilation: Int
    let inputs: Int
    /// Per output its start; then per input of the three frames a row of outputs: eight at a time.
    let bias: [SIMD8<Float>]
    let weights: [SIMD8<Float>]

    var outputs: Int { bias.count * 8 }

    /// (frames, inputs) to (frames - 2 * dilation, outputs).
    func applied(to values: [Float], frames: Int) -> [Float] {
        let count = frames - 2 * dilation
        return [Float](unsafeUninitializedCapacity: count * outputs) { result, initialized in
            values.withUnsafeBufferPointer { values in
                for frame in 0..<count { apply(to: values, frame: frame, into: result) }
            }
            initialized = count * outputs
        }
    }

    private func apply(
        to values: UnsafeBufferPointer<Float>, frame: Int, into result: UnsafeMutableBufferPointer<Float>
    ) {
        weights.withUnsafeBufferPointer { weights in
            // 24 outputs a pass stay in registers
            for first in stride(from: 0, to: bias.count, by: 3) {
                var (a, b, c) = (bias[first], bias[first + 1], bias[first + 2])
                var row = first
                for tap in 0..<3 {
                    let start = (frame + tap * dilation) * inputs
                    for input in start..<start + inputs {
                        let value = SIMD8<Float>(repeating: values[input])
                        a += value * weights[row]
                        b += value * weights[row + 1]
                        c += value * weights[row + 2]
                        row += bias.count
                    }
                }
                for (offset, sum) in [a, b, c].enumerated() {
                    store(sum, values, frame: frame, at: (first + offset) * 8, into: result)
                }
            }
        }
    }

    private func store(
        _ sum: SIMD8<Float>, _ values: UnsafeBufferPointer<Float>, frame: Int, at output: Int,
        into result: UnsafeMutableBufferPointer<Float>
    ) {
        let residual = inputs == outputs ? (frame + dilation) * inputs + output : nil
        for lane in 0..<8 {
            let positive = max(sum[lane], 0)
            result[frame * outputs + output + lane] = residual.map { positive + values[$0 + lane] } ?? positive
        }
    }
}

/// The four outputs of a frame: logistic.
struct OutputLayer: Sendable {
    let bias: SIMD4<Float>
    /// One row an input.
    let weights: [SIMD4<Float>]

    func applied(to values: [Float], frame: Int) -> SIMD4<Float> {
        var sum = bias
        for (input, row) in weights.enumerated() { sum += values[frame * weights.count + input] * row }
        return SIMD4(logistic(sum.x), logistic(sum.y), logistic(sum.z), logistic(sum.w))
    }

    private func logistic(_ value: Float) -> Float { 1 / (1 + expf(-value)) }
}
