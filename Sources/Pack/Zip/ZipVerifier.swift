package import Disk

/// Reads a finished archive back, once and from end to end, with a parse of its own.
///
/// It accepts what `ZipWriter` is meant to write and nothing else: another byte in any header is a problem, even
/// where readers would not care.
package enum ZipVerifier {
    /// Every header, the bytes of every entry against both of its headers, and the SHA-256 of the whole.
    ///
    /// - Parameters:
    ///   - expected: what must be in it, in any order; nil to look at the archive alone.
    ///   - cancellation: ends it with `archiveUnreadable(.canceled)`.
    /// - Throws: `damaged` with a sentence for each problem, `archiveUnreadable`.
    package static func verify(
        _ archive: OpenFile, expecting expected: [ZipContent]?, cancellation: Cancellation? = nil
    ) throws(ZipProblem) -> ZipFacts {
        var walk = ArchiveWalk(archive, cancellation)
        try walk.run()
        var problems = walk.faults.map(\.sentence)
        let contents = walk.locals.map {
            ZipContent(
                name: String(decoding: $0.record.name, as: UTF8.self), size: Int64(clamping: $0.size),
                crc32: $0.data.crc32)
        }
        problems += doubled(contents)
        if let expected { problems += differences(contents, expected) }
        guard problems.isEmpty else { throw .damaged(problems) }
        return ZipFacts(bytes: Int64(clamping: walk.offset), sha256: walk.sha256, contents: contents)
    }

    private static func doubled(_ contents: [ZipContent]) -> [String] {
        var keys: Set<String> = []
        return contents.filter { !keys.insert(NameKey($0.name).text).inserted }.map { "“\($0.name)” is in it twice" }
    }

    private static func differences(_ found: [ZipContent], _ expected: [ZipContent]) -> [String] {
        let byName = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }
        let names = Set(expected.map(\.name))
        let missing = expected.compactMap { wanted -> String? in
            guard let content = byName[wanted.name] else { return "“\(wanted.name)” is missing" }
            return content == wanted ? nil : "“\(wanted.name)” is not what was packed"
        }
        return missing + found.filter { !names.contains($0.name) }.map { "“\($0.name)” does not belong into it" }
    }
}

/// What a sound archive is.
package struct ZipFacts: Hashable, Sendable {
    package var bytes: Int64
    /// Of the whole archive: 64 lower-case hexadecimal digits.
    package var sha256: String
    /// In the order of the archive.
    package var contents: [ZipContent]

    package init(bytes: Int64, sha256: String, contents: [ZipContent]) {
        self.bytes = bytes
        self.sha256 = sha256
        self.contents = contents
    }
}
