import Words

/// What a WAV file (or its 64-bit kin, RF64) says of its own length, which FFmpeg reads over.
enum WaveHeader {
    /// The samples reach beyond the end of the file. False for what is no WAV, or was written to a pipe and says
    /// no length.
    static func isCut(_ file: DescriptorInput) throws(Problem) -> Bool {
        let start = try file.bytes(at: 0, count: 12)
        let isWave = ["RIFF", "RF64"].contains { start.starts(with: $0.utf8) }
        guard isWave, start.dropFirst(8).elementsEqual("WAVE".utf8) else { return false }
        var offset: Int64 = 12
        var longSize: Int64?
        // the samples come after a handful of small chunks
        for _ in 0..<100 {
            let header = try file.bytes(at: offset, count: 8)
            guard header.count == 8 else { return true }
            let size = Self.little(header[4..<8])
            if header.starts(with: "data".utf8) {
                let samples = longSize ?? size
                return samples < unknown(isLong: longSize != nil) && offset + 8 + samples > file.size
            }
            if header.starts(with: "ds64".utf8) {
                // after the length of all, the length of the samples
                longSize = Self.little(try file.bytes(at: offset + 16, count: 8)[...])
            }
            offset += 8 + size + size % 2
        }
        return false
    }

    private static func little(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reversed().reduce(0) { $0 << 8 | Int64($1) } & .max
    }

    /// Programs that write to a pipe put a length near 2^31 or 2^32 in the chunk's header.
    private static func unknown(isLong: Bool) -> Int64 { isLong ? 1 << 62 : 0x7fff_0000 }
}
