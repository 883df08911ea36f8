import Words

/// Cuts a stream of bytes into lines, and never holds more than one line of bounded length.
package struct LineBuffer {
    package enum Failure: Error { case lineTooLong }

    private let limit: Int
    private var rest: [UInt8] = []

    package init(limit: Int) {
        self.limit = limit
    }

    /// The lines that these bytes complete, without their ends.
    package mutating func add(_ bytes: some Sequence<UInt8>) throws(Failure) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(rest)
                rest.removeAll(keepingCapacity: true)
            } else {
                guard rest.count < limit else { throw .lineTooLong }
                rest.append(byte)
            }
        }
        return lines
    }
}

/// The last bytes of a stream.
package struct TailBuffer {
    private let limit: Int
    private var bytes: [UInt8] = []

    package init(limit: Int) {
        self.limit = limit
    }

    package mutating func add(_ more: some Collection<UInt8>) {
        bytes.append(contentsOf: more.suffix(limit))
        if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
    }

    /// Control characters but line ends and tabs are left out: this goes to a log that someone reads in a terminal.
    package var text: String {
        PlainText.keep(String(decoding: bytes, as: UTF8.self), limit: limit, lines: true)
    }
}
