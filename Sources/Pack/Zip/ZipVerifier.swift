package import Disk

/// Reads a finished archive back, once and from end to end, with a parse of its own.
///
/// It accepts what `ZipWriter` is meant to write and nothing else: another byte in any header is a problem, even
/// where readers would not care.
package enum ZipVerifier {
    /// Every header, the bytes of every entry against both of its headers, and the SHA-256 of the whole.
    ///
    /// - Parameters:
    ///   - expected: what it must be; nil to look at the archive alone.
    ///   - cancellation: ends it with `archiveUnreadable(.canceled)`.
    /// - Throws: `damaged` with a sentence for each problem, `archiveUnreadable`.
    package static func verify(
        _ archive: OpenFile, expecting expected: ZipImage?, cancellation: Cancellation? = nil
    ) throws(ZipProblem) -> ZipFacts {
        var walk = ArchiveWalk(archive, cancellation)
        try walk.run()
        var problems = walk.faults.map(\.sentence)
        problems += doubled(walk.locals)
        if let expected { problems += differences(walk.locals, expected) }
        guard problems.isEmpty else { throw .damaged(problems) }
        return ZipFacts(bytes: Int64(clamping: walk.offset), sha256: walk.sha256)
    }

    private static func doubled(_ locals: [LocalRecord]) -> [String] {
        var keys: Set<Int> = []
        // two different names of equal hash are as likely as an error that the CRC doesn't see
        return locals.lazy.map(\.record.title).filter { !keys.insert(NameKey($0).text.hashValue).inserted }
            .map { "“\($0)” is in it twice" }
    }

    /// In the order of what was expected, then of what was found.
    private static func differences(_ found: [LocalRecord], _ expected: ZipImage) -> [String] {
        if found.count == expected.layout.count, found.indices.allSatisfy({ found[$0].isEntry($0, of: expected) }) {
            return []
        }
        let byName = Dictionary(found.map { ($0.record.title, $0) }) { first, _ in first }
        let names = (0..<expected.layout.count).map(expected.layout.members.name)
        let wrong = names.enumerated().compactMap { index, name -> String? in
            guard let local = byName[name] else { return "“\(name)” is missing" }
            return local.isEntry(index, of: expected) ? nil : "“\(name)” is not what was packed"
        }
        let strays = Set(byName.keys).subtracting(names)
        return wrong + found.map(\.record.title).filter(strays.contains).map { "“\($0)” does not belong into it" }
    }
}

extension LocalRecord {
    fileprivate func isEntry(_ index: Int, of image: ZipImage) -> Bool {
        let layout = image.layout
        return offset == layout.headerOffset(of: index) && size == layout.members.sizes[index]
            && data.crc32 == image.crc32s[index] && record.name[...] == layout.members.names[index]
    }
}

/// What a sound archive is.
package struct ZipFacts: Hashable, Sendable {
    package var bytes: Int64
    /// Of the whole archive: 64 lower-case hexadecimal digits.
    package var sha256: String

    package init(bytes: Int64, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }
}
