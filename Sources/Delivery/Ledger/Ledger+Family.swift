import Batch
import Foundation
import GRDB

/// A delivery and those that repeat it.
extension Ledger {
    /// The deliveries of a batch, the newest first and the first one last; empty for a batch that is not known.
    ///
    /// - Parameter batch: its id, the name of one of its files in the outbox, its name or its title; of several with
    ///   that name the one that closed last.
    func family(of batch: String) async throws -> [DeliveryRecord] {
        try await read { database in
            guard let found = try Self.find(batch, database) else { return [] }
            let sql =
                DeliveryRecord.selection
                + " WHERE delivery.id = ? OR delivery.first = ? ORDER BY createdAt DESC, delivery.rowid DESC"
            let first = found.first ?? found.id
            return try Row.fetchAll(database, sql: sql, arguments: [first, first]).map {
                try DeliveryRecord(row: $0, database)
            }
        }
    }

    private static func find(_ batch: String, _ database: Database) throws -> DeliveryRecord? {
        let files = ResultFile.baseNames(of: batch).map { (sql: "delivery.baseName = ?", values: [$0]) }
        let ways: [(sql: String, values: [any DatabaseValueConvertible])] =
            [("batch.id = ?", [batch])] + files + [
                ("(batch.name = ? OR json_extract(batch.marker, '$.title') = ?)", [Data(batch.utf8), batch])
            ]
        for way in ways {
            let sql = DeliveryRecord.selection + " WHERE \(way.sql) ORDER BY closedAt DESC, delivery.rowid DESC LIMIT 1"
            let row = try Row.fetchOne(database, sql: sql, arguments: StatementArguments(way.values))
            if let row { return try DeliveryRecord(row: row, database) }
        }
        return nil
    }
}
