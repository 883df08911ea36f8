import StrictYAML
package import SystemPackage
package import Words

/// `SHA256SUMS`: the files that it lists are complete exactly when they match.
package struct ChecksumList: Hashable, Sendable {
    /// In the order of the list; none names a file twice.
    package var entries: [Entry]

    package init(entries: [Entry] = []) { self.entries = entries }

    package struct Entry: Hashable, Sendable {
        /// From 1.
        package var line: Int
        /// Path relative to the list's folder, with `/`.
        package var path: [UInt8]
        /// 64 lower-case hexadecimal digits.
        package var sha256: String

        package init(line: Int, path: [UInt8], sha256: String) {
            (self.line, self.path, self.sha256) = (line, path, sha256)
        }

        /// For people; bytes that are not UTF-8 show as U+FFFD.
        var name: String { String(decoding: path, as: UTF8.self) }
    }

    static let sizeLimit = 4 * 1024 * 1024
    /// As many as one reads before one mends the file.
    private static let toldLines = 3

    /// Reads what `sha256sum` and `shasum` write, `sha256sum --tag`, `openssl dgst` and BSD's `sha256` too.
    ///
    /// - Parameters:
    ///   - file: how problems name it.
    ///   - isTop: it lies at the inbox's top, where folders are batches of their own.
    /// - Throws: `badChecksums` with the first bad lines and how many more there are.
    package static func parse(_ bytes: [UInt8], file: String, isTop: Bool = false) throws(Problem) -> ChecksumList {
        do throws(LineProblem) {
            return ChecksumList(entries: try entries(of: try text(of: bytes), isTop: isTop))
        } catch {
            throw Problem(.badChecksums, file: file, ["what": error.located])
        }
    }

    /// Names are bytes, so all that is no UTF-16 is taken as it is.
    private static func text(of bytes: [UInt8]) throws(LineProblem) -> [UInt8] {
        guard bytes.count <= sizeLimit else {
            throw LineProblem(words: Phrase("is larger than 4 MiB", zh: "超过 4 MiB"))
        }
        // what PowerShell writes with ">"
        if [[0xFF, 0xFE], [0xFE, 0xFF]].contains(where: { bytes.starts(with: $0) }), let text = TextBytes.decode(bytes)
        {
            return Array(text.utf8)
        }
        guard !bytes.contains(0) else { throw LineProblem(words: TextBytes.unreadable(bytes)) }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func entries(of text: [UInt8], isTop: Bool) throws(LineProblem) -> [Entry] {
        var entries: [[UInt8]: Entry] = [:]
        var problems: [LineProblem] = []
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do throws(SettingProblem) {
                guard let sum = try ChecksumLine(line, isTop: isTop) else { continue }
                let entry = Entry(line: index + 1, path: sum.path, sha256: sum.sha256)
                guard let other = entries[sum.path] else {
                    entries[sum.path] = entry
                    continue
                }
                guard other.sha256 == sum.sha256 else { throw Self.twice(entry, other) }
            } catch {
                problems.append(LineProblem(line: index + 1, words: error.words))
            }
        }
        guard problems.isEmpty else { throw .told(problems, most: toldLines) }
        return entries.values.sorted { $0.line < $1.line }
    }

    private static func twice(_ entry: Entry, _ other: Entry) -> SettingProblem {
        SettingProblem(
            "“\(entry.name)” stands in line \(other.line) already, with another checksum",
            zh: "“\(entry.name)”已在第 \(other.line) 行出现，校验和不同")
    }

    /// Without the files that nobody will ever see in the batch, such as those that systems make for themselves.
    package func without(_ isLeftOut: (FilePath.Component) -> Bool) -> ChecksumList {
        var list = self
        list.entries.removeAll { entry in
            FilePath(bytes: entry.path).components.contains(where: isLeftOut)
        }
        return list
    }
}
