/// ZIP's numbers: unsigned, the lowest byte first.
extension [UInt8] {
    mutating func append<Number: FixedWidthInteger & UnsignedInteger>(littleEndian number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// The number whose lowest byte lies at `index`; the caller has made sure that it is all there.
    func number<Number: FixedWidthInteger & UnsignedInteger>(at index: Int, as _: Number.Type = Number.self) -> Number {
        var number: Number = 0
        for offset in stride(from: Number.bitWidth / 8 - 1, through: 0, by: -1) {
            number = (number << 8) | Number(self[index + offset])
        }
        return number
    }
}
