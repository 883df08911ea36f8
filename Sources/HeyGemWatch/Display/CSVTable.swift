/// A CSV as lines of aligned columns, for a terminal.
package struct CSVTable {
    private let rows: [[String]]

    /// Reads RFC 4180 text; a byte order mark is passed over.
    package init(text: String) {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var scalars = text.unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"":
                scalars.removeFirst()
                cell.unicodeScalars.append("\"")
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                row.append(cell)
                cell = ""
            case ("\r", false): break
            case ("\n", false):
                rows.append(row + [cell])
                (row, cell) = ([], "")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
        self.rows = rows
    }

    /// The named columns, those that are there, each as wide as its widest cell.
    package func text(columns: [String]) -> String {
        guard let header = rows.first else { return "" }
        let indices = columns.compactMap(header.firstIndex(of:))
        let cells = rows.map { row in indices.map { $0 < row.count ? row[$0] : "" } }
        let widths = indices.indices.map { column in cells.map { Self.width($0[column]) }.max() ?? 0 }
        return cells.map { row in
            zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - Self.width(cell)) }
                .joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// Columns on a terminal: East Asian characters take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (($1.value >= 0x1100 && $1.properties.isIdeographic) ? 2 : 1) }
    }
}
