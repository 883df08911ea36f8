/// A whole archive as a value: every byte of it that is not a file's, and which byte of which file stands where.
///
/// What writes the archive to a disk, what checks it there, and what sends a piece of it over a network all take their
/// bytes from here.
package struct ZipImage: Sendable {
    package let layout: ZipLayout
    /// One for each entry.
    package let crc32s: [UInt32]

    package init(_ layout: ZipLayout, crc32s: [UInt32]) {
        self.layout = layout
        self.crc32s = crc32s
    }

    package enum Part: Hashable, Sendable {
        /// Of headers, directory and end record.
        case bytes([UInt8])
        /// These bytes of the content of an entry.
        case data(entry: Int, range: Range<UInt64>)

        package var count: UInt64 {
            switch self {
            case .bytes(let bytes): UInt64(bytes.count)
            case .data(_, let range): UInt64(range.count)
            }
        }

        var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    }

    /// What stands in a range of the archive, piece by piece from its start; what lies beyond the end is left out.
    package func parts(of range: Range<UInt64>) -> Parts {
        Parts(image: self, range: range.clamped(to: 0..<layout.archiveSize))
    }

    package struct Parts: Sequence, IteratorProtocol {
        fileprivate let image: ZipImage
        fileprivate var range: Range<UInt64>

        package mutating func next() -> Part? {
            guard let part = image.part(in: range) else { return nil }
            range = (range.lowerBound + part.count)..<range.upperBound
            return part
        }
    }

    /// The longest part that one header, record or file has of the start of a range; nil for an empty one.
    private func part(in range: Range<UInt64>) -> Part? {
        guard !range.isEmpty else { return nil }
        let start = range.lowerBound
        if start >= layout.endOffset { return Self.cut(layout.end, at: layout.endOffset, to: range) }
        if start >= layout.directoryOffset {
            let index = layout.entryOfRecord(at: start)
            return Self.cut(
                layout.record(of: index, crc32: crc32s[index]), at: layout.recordOffset(of: index), to: range)
        }
        let index = layout.entry(at: start)
        let data = layout.dataOffset(of: index)
        guard start >= data else {
            return Self.cut(
                layout.localHeader(of: index, crc32: crc32s[index]), at: layout.headerOffset(of: index), to: range)
        }
        let end = Swift.min(range.upperBound - data, layout.members.sizes[index])
        return .data(entry: index, range: (start - data)..<end)
    }

    private static func cut(_ bytes: [UInt8], at offset: UInt64, to range: Range<UInt64>) -> Part {
        let start = Int(range.lowerBound - offset)
        let end = Int(Swift.min(range.upperBound - offset, UInt64(bytes.count)))
        return .bytes(Array(bytes[start..<end]))
    }
}
