/// Strings of bytes in a row, kept close together: 100,000 names take little more than their letters.
package struct ByteStrings: RandomAccessCollection, Sendable {
    private var bytes: [UInt8] = []
    /// Where each one ends in `bytes`.
    private var ends: [Int] = []

    package init() {}

    package mutating func append(_ string: some Sequence<UInt8>) {
        bytes += string
        ends.append(bytes.count)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ends.count }
    package subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index > 0 ? ends[index - 1] : 0)..<ends[index]] }
}
