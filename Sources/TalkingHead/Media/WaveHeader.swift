import Words

/// What a WAV file says of its own length, which FFmpeg reads over.
enum WaveHeader {
    /// The samples reach beyond the end of the file. False for what is no WAV, or was written to a pipe and says
    /// no length.
    static func isCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        let start = try file.bytes(at: 0, count: 12)
        guard start.starts(with: "RIFF".utf8), start.dropFirst(8).elementsEqual("WAVE".utf8) else { return false }
        var offset: Int64 = 12
        // the samples come after a handful of small chunks
        for _ in 0..<100 {
            let header = try file.bytes(at: offset, count: 8)
            guard header.count == 8 else { return true }
            let size = header[4..<8].reversed().reduce(0) { $0 << 8 | Int64($1) }
            guard !header.starts(with: "data".utf8) else { return size < unknown && offset + 8 + size > file.size }
            offset += 8 + size + size % 2
        }
        return false
    }

    /// Programs that write to a pipe put a length near 2^31 or 2^32 here.
    private static let unknown: Int64 = 0x7fff_0000
}
