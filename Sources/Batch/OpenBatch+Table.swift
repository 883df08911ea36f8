import SystemPackage
import Words

/// `items.csv`.
extension OpenBatch {
    struct Table {
        enum Content {
            case rows(ItemsTable)
            case unusable(Problem)

            init(_ manifest: Manifest?) {
                switch manifest {
                case .items(let table): self = .rows(table)
                case .unusable(let problem): self = .unusable(problem)
                case .marker, .checksums, nil: self = .rows(ItemsTable())
                }
            }
        }

        var isSettled = false
        /// As it was when it last settled; nil before.
        var content: Content?
    }

    struct UnmetRows {
        let problem: Problem
        /// Of the table, when this was told.
        let changes: Int
    }

    /// The one that counts: spelled so, or else the first in byte order.
    var tablePath: FilePath? {
        guard tables.count > 1 else { return tables.keys.first }
        let paths = tables.keys.sortedByBytes()
        return paths.first { $0.lastComponent?.bytes.elementsEqual("items.csv".utf8) == true } ?? paths.first
    }

    /// It is there and can't be followed yet: what runs goes on, and nothing starts.
    var isTableUnclear: Bool {
        guard let path = tablePath, let table = tables[path] else { return false }
        if table.isSettled, case .rows = table.content { return false }
        return true
    }

    /// It is not as `SHA256SUMS` says, which is to be told.
    var isTableUnproven: Bool { tablePath.map(failedProofs.contains) ?? false }

    /// Pairs anew by what `items.csv` says now.
    mutating func takeTable(into actions: inout [InboxAction]) {
        guard !isTableUnclear else { return }
        var rows: ItemsTable?
        if let path = tablePath, case .rows(let table) = tables[path]?.content { rows = table }
        if rows != media.table?.table {
            media.setTable(rows)
            unmetRows = nil
        }
        refreshAll(into: &actions)
    }

    /// It is about to close, and `items.csv` names files that are not there: it is held until it is mended or they come.
    mutating func tellUnmetRows() {
        guard let path = tablePath, let table = media.table, !table.isMet else { return }
        unmetRows = UnmetRows(problem: table.problem(file: path), changes: table.changes)
    }

    /// Whether what was told is still all that there is to tell.
    var areUnmetRowsTold: Bool { unmetRows?.changes == media.table?.changes }
}
