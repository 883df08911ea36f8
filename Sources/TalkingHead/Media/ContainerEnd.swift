import Words

/// What containers say of their own length: enough to see, without reading them, that a copy broke off.
enum ContainerEnd {
    /// The file says that there is more of it than there is. False for containers that do not say.
    static func isCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        if let boxes = try MovieBoxes(file) { return boxes.isCut }
        let start = FileHead(try file.bytes(at: 0, count: 64))
        switch (start.word(at: 0), start.word(at: 8)) {
        case (_, "WAVE"): return try WaveHeader.isCut(file)
        // a chunk that holds all, with its length; recorders that were switched off leave 0
        case ("RIFF", "AVI "): return 8 + Int64(start.little32(at: 4)) > file.size
        case ("FORM", "AIFF"), ("FORM", "AIFC"): return 8 + Int64(start.big32(at: 4)) > file.size + 1
        case ("caff", _): return try isCoreAudioCut(file)
        default: break
        }
        if start.has(windowsMedia, at: 0) { return try isWindowsMediaCut(file) }
        return try isMatroskaCut(file)
    }

    /// CAF: a row of chunks; the last may say that it reaches to the end, wherever that is.
    private static func isCoreAudioCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        var offset: Int64 = 8
        for _ in 0..<1000 where offset < file.size {
            let header = try file.bytes(at: offset, count: 12)
            guard header.count == 12 else { return true }
            let size = Int64(bitPattern: header[4...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
            guard size >= 0 else { return false }
            guard size <= file.size - offset - 12 else { return true }
            offset += 12 + size
        }
        return false
    }

    private static let windowsMedia: [UInt8] = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]

    /// WMA: two objects, the header and the data, each with its length; of live recordings that of the data is 0.
    private static func isWindowsMediaCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        let header = try objectSize(file, at: 0)
        guard header > 0, header < file.size else { return true }
        return try objectSize(file, at: header) > file.size - header
    }

    /// After the 16 bytes that say what it is.
    private static func objectSize(_ file: DescriptorInput, at offset: Int64) throws(Problem) -> Int64 {
        try file.bytes(at: offset + 16, count: 8).reversed().reduce(0) { $0 << 8 | Int64($1) } & .max
    }

    /// Matroska and WebM: a header, then one segment that holds all; live recordings do not know its length.
    private static func isMatroskaCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        // the header is some 40 bytes, and has little to say in any version
        let start = try file.bytes(at: 0, count: 256)
        guard start.starts(with: [0x1a, 0x45, 0xdf, 0xa3]), let header = elementSize(start[4...]) else { return false }
        let segment = 4 + header.bytes + Int(clamping: header.size ?? 0)
        guard segment < start.count, start[segment...].starts(with: [0x18, 0x53, 0x80, 0x67]),
            let body = elementSize(start[(segment + 4)...]), let size = body.size
        else { return false }
        return Int64(segment + 4 + body.bytes) + size > file.size
    }

    /// A number of EBML: as many zero bits as bytes follow the first, a one, and the number; all ones mean "unknown".
    private static func elementSize(_ bytes: ArraySlice<UInt8>) -> (bytes: Int, size: Int64?)? {
        guard let first = bytes.first, first != 0 else { return nil }
        let count = first.leadingZeroBitCount + 1
        guard bytes.count >= count else { return nil }
        let mask = Int64(1) << (7 * count) - 1
        let size = bytes.prefix(count).reduce(0) { $0 << 8 | Int64($1) } & mask
        return (count, size == mask ? nil : size)
    }
}
