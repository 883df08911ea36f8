import StrictYAML
import Words

/// Where the header of an `items.csv` says that things stand.
struct ItemsColumns {
    enum Column: String, CaseIterable {
        case audio, avatar, name, tags
    }

    private var places: [Column: Int] = [:]

    /// - Throws: for columns that nobody knows, that stand twice, and without `audio`.
    init(header: DelimitedText.Record) throws(LineProblem) {
        guard header.cells.contains(where: Self.isColumn) else {
            throw LineProblem(line: header.line, words: Self.noHeader)
        }
        for (index, name) in header.cells.enumerated() {
            // spreadsheets leave empty columns behind
            if name.isEmpty { continue }
            guard let column = Column(rawValue: name.lowercased()) else {
                throw LineProblem(line: header.line, words: Self.unknown(name))
            }
            guard places.updateValue(index, forKey: column) == nil else {
                throw LineProblem(
                    line: header.line, words: Phrase("the column “\(name)” stands twice", zh: "列“\(name)”重复出现"))
            }
        }
        guard places[.audio] != nil else {
            throw LineProblem(
                line: header.line,
                words: .joined([Phrase("the column “audio” is missing", zh: "缺少“audio”列"), Self.noHeader]))
        }
    }

    /// Also with a slip of the pen in it.
    private static func isColumn(_ name: String) -> Bool {
        let known = Column.allCases.map(\.rawValue)
        return known.contains(name.lowercased()) || Spelling.nearest(to: name, among: known) != nil
    }

    private static let noHeader = Phrase(
        "the first line has to name the columns: audio;avatar;name;tags", zh: "首行必须是列名：audio;avatar;name;tags")

    private static func unknown(_ name: String) -> Phrase {
        let words = Spelling.unknown(name, known: Column.allCases.map(\.rawValue))
        // a first row of data is shown as far as one recognises it
        let shown = name.count > 40 ? name.prefix(40) + "…" : name[...]
        return Phrase("column “\(shown)”: \(words.en)", zh: "列“\(shown)”：\(words.zh)")
    }

    /// - Returns: nil for an empty cell, and one that is not there.
    func cell(_ column: Column, of record: DelimitedText.Record) -> String? {
        guard let place = places[column], place < record.cells.count else { return nil }
        return record.cells[place].isEmpty ? nil : record.cells[place]
    }

    /// Whether a cell with something in it has no column: a delimiter too many, or a missing quote.
    func isOverfull(_ record: DelimitedText.Record) -> Bool {
        for (index, cell) in record.cells.enumerated() where !cell.isEmpty && !places.values.contains(index) {
            return true
        }
        return false
    }
}
