/// The trained weights of the net.
struct MouthWeights: Sendable {
    let layers: [ConvolutionLayer]
    let mouth: OutputLayer

    /// Frames that an output looks back at, and ahead.
    var reach: Int { layers.reduce(0) { $0 + $1.dilation } }

    static let trained = MouthWeights(base64: TrainedMouth.base64, width: TrainedMouth.width, TrainedMouth.dilations)

    /// Half-precision numbers: per layer its weights (tap and input, output) and its bias, then those of the outputs.
    init(base64: StaticString, width: Int, _ dilations: [Int]) {
        var rest = Self.numbers(base64)[...]
        func take(_ count: Int) -> ArraySlice<Float> {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        func rows(_ count: Int) -> [SIMD8<Float>] {
            let numbers = Array(take(count))
            return stride(from: 0, to: numbers.count, by: 8).map { SIMD8(numbers[$0..<min($0 + 8, numbers.count)]) }
        }
        var inputs = MelBands.count
        layers = dilations.map { dilation in
            let weights = rows(3 * inputs * width)
            defer { inputs = width }
            return ConvolutionLayer(dilation: dilation, inputs: inputs, bias: rows(width), weights: weights)
        }
        let last = Array(take(width * 4))
        let weights = (0..<last.count / 4).map { SIMD4(last[$0 * 4..<$0 * 4 + 4]) }
        mouth = OutputLayer(bias: SIMD4(take(4)), weights: weights)
    }

    private static func numbers(_ base64: StaticString) -> [Float] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(base64.utf8CodeUnitCount * 3 / 4)
        base64.withUTF8Buffer { text in
            var (bits, count) = (UInt32(0), 0)
            for character in text {
                guard let value = sextet(character) else { continue }
                bits = bits << 6 | value
                count += 6
                if count >= 8 {
                    count -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                }
            }
        }
        return stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            Float(Float16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
        }
    }

    /// What a letter of base64 stands for (RFC 4648); nil for line breaks and padding.
    private static func sextet(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
