import Words

/// The outermost boxes of an MP4 or MOV file: enough to see whether it is whole and in which order it lies.
struct MovieBoxes {
    struct Box: Hashable {
        var type: String
        var offset: Int64
        /// Header included, as the file says it.
        var size: Int64
    }

    private(set) var boxes: [Box] = []
    private let fileSize: Int64

    /// Nil when the file does not begin like an MP4 or MOV.
    init?(_ file: DescriptorInput) throws(Problem) {
        fileSize = file.size
        var offset: Int64 = 0
        // a whole file has a handful; the bound keeps a crafted one from costing time
        while offset < fileSize, boxes.count < 1000 {
            let header = try file.bytes(at: offset, count: 16)
            guard header.count >= 8, let box = Self.box(header, at: offset, fileSize: fileSize) else { break }
            boxes.append(box)
            offset += box.size
        }
        guard let first = boxes.first, Self.opening.contains(first.type) else { return nil }
    }

    /// A box reaches beyond the end, or the index (`moov`) is missing because it would have come last.
    var isCut: Bool {
        guard let last = boxes.last else { return true }
        return last.offset + last.size > fileSize || !boxes.contains { $0.type == "moov" }
    }

    /// The index lies before the data, so that a player can start while it still loads.
    var startsFast: Bool {
        guard let index = boxes.first(where: { $0.type == "moov" }),
            let data = boxes.first(where: { $0.type == "mdat" })
        else { return false }
        return index.offset < data.offset
    }

    private static let opening: Set<String> = ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"]

    private static func box(_ header: [UInt8], at offset: Int64, fileSize: Int64) -> Box? {
        let type = header[4..<8]
        guard type.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0xa9 }) else { return nil }
        let short = header[0..<4].reduce(0) { $0 << 8 | UInt64($1) }
        var size = short
        if short == 0 { size = UInt64(fileSize - offset) }  // "to the end of the file"
        if short == 1 {
            guard header.count == 16 else { return nil }
            size = header[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard size >= 8, size < UInt64(Int64.max / 4) else { return nil }
        return Box(type: String(decoding: type, as: UTF8.self), offset: offset, size: Int64(size))
    }
}
