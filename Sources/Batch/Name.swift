package import SystemPackage

/// The name of an item, half or batch: bytes as the file system has them, `/` between folders, in natural order.
package struct Name: Hashable, Sendable {
    package let bytes: [UInt8]
    /// Sorts bytewise as the name sorts naturally.
    private let order: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        order = Self.order(of: bytes)
    }

    /// The name of a relative path.
    package init(_ path: FilePath) {
        self.init(path.bytes)
    }

    /// For people; bytes that are not UTF-8 show as U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The folded name, each run of digits as "0", how many digits without leading zeros (two bytes) and these digits;
    /// `/` as 0, so that a folder's names stay together.
    private static func order(of name: [UInt8]) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(name.count + 8)
        var rest = FoldedName.fold(name)[...]
        while let byte = rest.first {
            if isDigit(byte) {
                let run = rest.prefix(while: isDigit)
                let digits = run.drop { $0 == UInt8(ascii: "0") }
                key += [UInt8(ascii: "0"), UInt8(truncatingIfNeeded: digits.count >> 8)]
                key.append(UInt8(truncatingIfNeeded: digits.count))
                key += digits
                rest = rest.dropFirst(run.count)
            } else {
                key.append(byte == UInt8(ascii: "/") ? 0 : byte)
                rest = rest.dropFirst()
            }
        }
        return key
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension Name: Comparable {
    /// Natural order: numbers by their value, without case; ties by bytes.
    package static func < (left: Name, right: Name) -> Bool {
        if left.order != right.order { return left.order.lexicographicallyPrecedes(right.order) }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
