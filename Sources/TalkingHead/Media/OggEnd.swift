import Words

/// The last page of an Ogg file.
enum OggEnd {
    /// The page is whole and says that it is the last. True for what is no Ogg.
    static func isProper(_ file: DescriptorInput) throws(Problem) -> Bool {
        guard try file.bytes(at: 0, count: 4).elementsEqual(mark) else { return true }
        // a page holds at most 65307 bytes
        let start = max(0, file.size - 65_307)
        let tail = try file.bytes(at: start, count: Int(file.size - start))
        guard let page = lastPage(tail), page.count >= headerLength else { return false }
        let segments = Int(page[page.startIndex + headerLength - 1])
        let lengths = page.dropFirst(headerLength).prefix(segments)
        let body = lengths.reduce(0) { $0 + Int($1) }
        let isLast = page[page.startIndex + 5] & 4 != 0
        return isLast && lengths.count == segments && page.count >= headerLength + segments + body
    }

    private static let mark: [UInt8] = Array("OggS".utf8)
    /// Without the table of segments.
    private static let headerLength = 27

    private static func lastPage(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var offset = bytes.count - mark.count
        while offset >= 0 {
            if bytes[offset] == mark[0], bytes[offset...].starts(with: mark) { return bytes[offset...] }
            offset -= 1
        }
        return nil
    }
}
