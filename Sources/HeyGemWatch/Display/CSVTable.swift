package import Pack
import Words

/// A CSV as lines of aligned columns, for a terminal.
package struct CSVTable {
    private let rows: [[String]]

    /// - Throws: `CSVProblem`.
    package init(_ bytes: [UInt8]) throws(CSVProblem) {
        rows = try CSVText(bytes).records.map(\.cells)
    }

    /// The named columns, those that are there.
    package func text(columns: [String]) -> String {
        guard let header = rows.first else { return "" }
        let indices = columns.compactMap(header.firstIndex(of:))
        return AlignedColumns.text(rows.map { row in indices.map { $0 < row.count ? PlainText.line(row[$0]) : "" } })
    }
}
