import Words

/// A `metadata.csv` read back: its rows, by the names of their columns, so that other orders and more columns do no harm.
package struct MetadataFile: Sendable {
    package struct Row: Sendable {
        /// Where it begins in the file, from 1.
        package let line: Int
        fileprivate let cells: [String: String]

        /// What was written: the apostrophe against spreadsheets is gone. Empty where the column is empty or missing.
        package subscript(column: String) -> String { cells[column] ?? "" }
    }

    package let rows: [Row]

    /// Without these nothing can be said about a video.
    private static let needed = ["item", "status", "video"]

    /// - Throws: the first place where it is not the CSV of a delivery.
    package init(_ bytes: [UInt8]) throws(CSVProblem) {
        let records = try CSVText(bytes).records
        let header = records.first?.cells ?? []
        guard Set(header).isSuperset(of: Self.needed), Set(header).count == header.count else {
            throw CSVProblem(
                line: 1, what: Phrase("its first line does not name the columns", zh: "第一行不是列名"))
        }
        var rows: [Row] = []
        for record in records.dropFirst() where record.cells != [""] {
            guard record.cells.count == header.count else {
                let counts = (record.cells.count, header.count)
                throw CSVProblem(
                    line: record.line,
                    what: Phrase(
                        "there are \(counts.0) cells instead of \(counts.1)", zh: "有 \(counts.0) 个单元格，应为 \(counts.1) 个")
                )
            }
            let cells = zip(header, record.cells.map(CSVCell.plain))
            rows.append(Row(line: record.line, cells: Dictionary(uniqueKeysWithValues: cells)))
        }
        self.rows = rows
    }
}
