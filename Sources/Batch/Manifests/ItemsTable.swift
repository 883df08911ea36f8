import StrictYAML
package import Words

/// `items.csv`: what names alone can't say.
package struct ItemsTable: Hashable, Sendable {
    package var rows: [Row]

    package init(rows: [Row] = []) { self.rows = rows }

    /// What one row says about an audio.
    package struct Row: Hashable, Sendable {
        /// Where it begins, from 1.
        package var line: Int
        /// Path relative to the batch's folder, with `/`.
        package var audio: [UInt8]
        package var avatar: [UInt8]?
        /// The item's name.
        package var name: String?
        package var tags: [String]

        package init(line: Int, audio: [UInt8], avatar: [UInt8]? = nil, name: String? = nil, tags: [String] = []) {
            (self.line, self.audio, self.avatar, self.name, self.tags) = (line, audio, avatar, name, tags)
        }
    }

    static let sizeLimit = 4 * 1024 * 1024
    /// As many as one reads before one mends the file.
    private static let toldRows = 3

    /// - Parameter file: how problems name it.
    /// - Throws: `badItems` with the first bad lines and how many more there are.
    package static func parse(_ bytes: [UInt8], file: String) throws(Problem) -> ItemsTable {
        do throws(LineProblem) {
            return ItemsTable(rows: try rows(of: bytes))
        } catch {
            throw Problem(.badItems, file: file, ["what": error.located])
        }
    }

    private static func rows(of bytes: [UInt8]) throws(LineProblem) -> [Row] {
        guard bytes.count <= sizeLimit else {
            throw LineProblem(words: Phrase("is larger than 4 MiB", zh: "超过 4 MiB"))
        }
        guard let decoded = TextBytes.decode(bytes) else {
            throw LineProblem(words: TextBytes.unreadable(bytes, isTable: true))
        }
        var text = DelimitedText(Array(decoded.utf8))
        guard let header = try text.next() else { return [] }
        var reader = ItemsRowReader(columns: try ItemsColumns(header: header))
        var rows: [Row] = []
        var problems: [LineProblem] = []
        do throws(LineProblem) {
            while let record = try text.next() {
                do throws(SettingProblem) {
                    rows.append(try reader.row(record))
                } catch {
                    problems.append(LineProblem(line: record.line, words: error.words))
                }
            }
        } catch {
            // where quotes are wrong nobody can tell what the lines below are
            problems.append(error)
        }
        guard problems.isEmpty else { throw .told(problems, most: toldRows) }
        return rows
    }
}

/// What is wrong with a line of a table.
struct LineProblem: Error {
    var line: Int?
    var words: Phrase

    var located: Phrase {
        guard let line else { return words }
        return Phrase("line \(line): \(words.en)", zh: "第 \(line) 行：\(words.zh)")
    }

    /// The first of many as one, and how many more there are.
    static func told(_ problems: [LineProblem], most: Int) -> LineProblem {
        let rest = problems.count - most
        let more = rest > 0 ? Phrase("and \(rest) more", zh: "另有 \(rest) 处") : Phrase(verbatim: "")
        return LineProblem(words: .joined(problems.prefix(most).map(\.located) + [more]))
    }
}
