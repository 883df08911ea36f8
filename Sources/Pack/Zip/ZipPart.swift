/// Which of the ZIPs that belong together.
package struct ZipPart: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let count: Int

    package init(number: Int, count: Int) {
        (self.number, self.count) = (number, count)
    }

    /// At least one.
    package static func all(_ count: Int) -> [ZipPart] {
        (1...max(1, count)).map { ZipPart(number: $0, count: count) }
    }

    /// Behind the name's stem; a ZIP that is the only one needs none.
    package var suffix: String { count > 1 ? "-\(number)of\(count)" : "" }
}
