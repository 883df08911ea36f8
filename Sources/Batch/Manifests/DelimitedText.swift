import Words

/// CSV as spreadsheets write it (RFC 4180), with `,`, `;` or tab between cells.
struct DelimitedText {
    /// The cells of one row; of a row with line breaks between quotes, too.
    struct Record {
        /// Where it begins, from 1.
        let line: Int
        /// Blanks around a cell are gone where it did not stand in quotes.
        var cells: [String] = []

        var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
    }

    private var rest: ArraySlice<UInt8>
    private var line = 1
    private let delimiter: UInt8

    init(_ text: [UInt8]) {
        rest = text[...]
        // Excel writes and reads such a first line
        guard let end = rest.firstIndex(where: Self.isLineEnd), end == 5,
            rest.prefix(4).map(FoldedName.lowercaseASCII) == Array("sep=".utf8)
        else {
            delimiter = Self.delimiter(of: rest)
            return
        }
        delimiter = rest[4]
        rest = rest.dropFirst(5)
        _ = takeLineEnd()
    }

    /// The one that the first line with anything in it has most of.
    private static func delimiter(of text: ArraySlice<UInt8>) -> UInt8 {
        let header = text.drop { isLineEnd($0) || $0 == UInt8(ascii: " ") }.prefix { !isLineEnd($0) }
        let delimiters = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = delimiters.map { delimiter in header.count { $0 == delimiter } }
        let most = counts.max() ?? 0
        return delimiters[counts.firstIndex(of: most) ?? 0]
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// The next row that holds anything; nil at the end.
    mutating func next() throws(LineProblem) -> Record? {
        while !rest.isEmpty {
            var record = Record(line: line)
            repeat { record.cells.append(try cell()) } while take(delimiter)
            _ = takeLineEnd()
            if !record.isBlank { return record }
        }
        return nil
    }

    private mutating func cell() throws(LineProblem) -> String {
        let blanks = rest.prefix { $0 == UInt8(ascii: " ") }
        if rest.dropFirst(blanks.count).first == UInt8(ascii: "\"") {
            rest = rest.dropFirst(blanks.count + 1)
            return try quotedCell()
        }
        let end = rest.firstIndex { $0 == delimiter || Self.isLineEnd($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(String(decoding: rest[..<end], as: UTF8.self).trimmingBlanks())
    }

    /// After its first quote; two quotes stand for one.
    private mutating func quotedCell() throws(LineProblem) -> String {
        let start = line
        var cell: [UInt8] = []
        while let byte = rest.first {
            if byte == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                guard take(byte) else { return try closed(cell, start: start) }
                cell.append(byte)
            } else if Self.isLineEnd(byte) {
                cell += takeLineEnd()
            } else {
                cell.append(byte)
                rest = rest.dropFirst()
            }
        }
        throw LineProblem(line: start, words: Phrase("a quote is opened and never closed", zh: "引号没有闭合"))
    }

    /// Nothing but blanks may follow a closing quote.
    private mutating func closed(_ cell: [UInt8], start: Int) throws(LineProblem) -> String {
        rest = rest.drop { $0 == UInt8(ascii: " ") }
        if let byte = rest.first, byte != delimiter, !Self.isLineEnd(byte) {
            throw LineProblem(
                line: start,
                words: Phrase(
                    "text after a closing quote; a quote within quotes is written twice",
                    zh: "引号闭合后还有文字；引号内的引号要写两次"))
        }
        return String(decoding: cell, as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// One line end of any system, if there is one.
    private mutating func takeLineEnd() -> ArraySlice<UInt8> {
        let end = rest.starts(with: Array("\r\n".utf8)) ? rest.prefix(2) : rest.prefix(1).prefix(while: Self.isLineEnd)
        rest = rest.dropFirst(end.count)
        line += end.isEmpty ? 0 : 1
        return end
    }
}
