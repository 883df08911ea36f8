import FoundationEssentials

/// The trained weights of the net.
struct MouthWeights: Sendable {
    let layers: [ConvolutionLayer]
    let mouth: OutputLayer

    /// Frames that an output looks back at, and ahead.
    var reach: Int { layers.reduce(0) { $0 + $1.dilation } }

    static let trained = MouthWeights(base64: TrainedMouth.base64, width: TrainedMouth.width, TrainedMouth.dilations)

    /// Per layer a byte for each weight (tap and input, output), then of each output its step and its bias as
    /// half-precision numbers: a weight is its byte times the step. Last the layer of the four outputs, likewise.
    init(base64: StaticString, width: Int, _ dilations: [Int]) {
        var bytes = Self.bytes(base64)[...]
        var inputs = MelBands.count
        layers = dilations.map { dilation in
            defer { inputs = width }
            let (weights, bias) = Self.layer(&bytes, inputs: 3 * inputs, outputs: width)
            return ConvolutionLayer(
                dilation: dilation, inputs: inputs, bias: Self.vectors(bias), weights: Self.vectors(weights))
        }
        let (weights, bias) = Self.layer(&bytes, inputs: width, outputs: 4)
        let rows = (0..<width).map { SIMD4(weights[$0 * 4..<$0 * 4 + 4]) }
        mouth = OutputLayer(bias: SIMD4(bias), weights: rows)
    }

    private static func layer(
        _ bytes: inout ArraySlice<UInt8>, inputs: Int, outputs: Int
    ) -> (weights: [Float], bias: [Float]) {
        let whole = bytes.prefix(inputs * outputs).map { Float(Int8(bitPattern: $0)) }
        bytes.removeFirst(whole.count)
        let (steps, bias) = (halves(&bytes, outputs), halves(&bytes, outputs))
        return (whole.indices.map { whole[$0] * steps[$0 % outputs] }, bias)
    }

    private static func halves(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> [Float] {
        defer { bytes.removeFirst(2 * count) }
        return (0..<count).map { index in
            let at = bytes.startIndex + 2 * index
            return Float(Float16(bitPattern: UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8))
        }
    }

    private static func vectors(_ numbers: [Float]) -> [SIMD8<Float>] {
        stride(from: 0, to: numbers.count, by: 8).map { SIMD8(numbers[$0..<$0 + 8]) }
    }

    private static func bytes(_ base64: StaticString) -> [UInt8] {
        let text = base64.withUTF8Buffer { Data($0) }
        return [UInt8](Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
    }
}
