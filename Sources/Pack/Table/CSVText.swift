package import Words

/// The records of RFC 4180 text: UTF-8, with or without byte order mark, lines that end with CRLF, LF or CR.
package struct CSVText: Sendable {
    package struct Record: Hashable, Sendable {
        /// Where it begins, from 1; a quoted cell may span several lines.
        package var line: Int
        package var cells: [String]
    }

    /// In their order, the header among them. A blank line is a record with one empty cell.
    package let records: [Record]

    /// - Throws: the first place where the text is none.
    package init(_ bytes: [UInt8]) throws(CSVProblem) {
        let text = bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(Self.byteOrderMark.count) : bytes[...]
        guard String(validating: text, as: UTF8.self) != nil else {
            throw CSVProblem(line: 1, what: Phrase("it is not UTF-8 text", zh: "不是 UTF-8 文本"))
        }
        var scanner = CSVScanner(rest: text)
        var records: [Record] = []
        while let record = try scanner.next() { records.append(record) }
        self.records = records
    }
}

extension CSVText {
    /// A table in the form of `metadata.csv`: UTF-8 with byte order mark, CRLF, cells that no spreadsheet runs.
    package static func bytes(of rows: [[String]]) -> [UInt8] { bytes(of: rows.map { $0.map(CSVCell.init) }) }

    static func bytes(of rows: [[CSVCell]]) -> [UInt8] { rows.reduce(into: byteOrderMark) { $0 += line($1) } }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func line(_ row: [CSVCell]) -> [UInt8] { Array((row.map(\.text).joined(separator: ",") + "\r\n").utf8) }
}

/// Why a text is no CSV.
package struct CSVProblem: Error, Hashable, Sendable {
    package var line: Int
    package var what: Phrase

    package init(line: Int, what: Phrase) {
        self.line = line
        self.what = what
    }
}

/// Takes valid UTF-8 apart, byte by byte: all that CSV heeds is ASCII.
private struct CSVScanner {
    var rest: ArraySlice<UInt8>
    private var line = 1

    init(rest: ArraySlice<UInt8>) { self.rest = rest }

    private static let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    private static let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))

    /// nil at the end; a line's end at the very end begins no record.
    mutating func next() throws(CSVProblem) -> CSVText.Record? {
        guard !rest.isEmpty else { return nil }
        var record = CSVText.Record(line: line, cells: [])
        repeat {
            record.cells.append(rest.first == Self.quote ? try quoted() : try plain())
        } while take(Self.comma)
        if take(Self.cr) {
            _ = take(Self.lf)
            line += 1
        } else if take(Self.lf) {
            line += 1
        } else if !rest.isEmpty {
            throw CSVProblem(
                line: line, what: Phrase("there is text behind a closing quotation mark", zh: "结束引号后面还有文字"))
        }
        return record
    }

    private mutating func plain() throws(CSVProblem) -> String {
        let cell = rest.prefix { $0 != Self.comma && $0 != Self.cr && $0 != Self.lf }
        guard !cell.contains(Self.quote) else {
            throw CSVProblem(
                line: line, what: Phrase("a quotation mark stands inside of a cell without quotes", zh: "未加引号的单元格中有引号"))
        }
        rest = rest[cell.endIndex...]
        return String(decoding: cell, as: UTF8.self)
    }

    private mutating func quoted() throws(CSVProblem) -> String {
        let start = line
        rest.removeFirst()
        var cell: [UInt8] = []
        while let end = rest.firstIndex(of: Self.quote) {
            let piece = rest[..<end]
            cell += piece
            line += piece.count { $0 == Self.lf }
            rest = rest[(end + 1)...]
            guard take(Self.quote) else { return String(decoding: cell, as: UTF8.self) }
            cell.append(Self.quote)
        }
        throw CSVProblem(line: start, what: Phrase("a quotation mark is not closed", zh: "引号没有结束"))
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }
}
