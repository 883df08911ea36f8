import Foundation
import GRDB

/// What of delivered batches has been removed, and what may be.
extension Ledger {
    /// Migration 5.
    static let retention = """
        -- when we removed the results from the outbox, and the inputs from the archive
        ALTER TABLE delivery ADD COLUMN resultsRemovedAt REAL;
        ALTER TABLE delivery ADD COLUMN archiveRemovedAt REAL;
        CREATE INDEX deliveryByFirst ON delivery (first);

        -- at most one row: what is not known any more
        CREATE TABLE forgotten (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            batches INTEGER NOT NULL,
            -- when the newest of them was closed
            until REAL NOT NULL
        ) STRICT;
        """

    /// Oldest first.
    func storedDeliveries() async throws -> [StoredDelivery] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.id, delivery.batch, coalesce(first, delivery.id) AS family, baseName,
                        (SELECT count(*) FROM deliveryFile WHERE delivery = delivery.id AND kind = 'zip') AS zips,
                        closedAt, deliveredAt, resultsRemovedAt IS NULL AS hasResults, step = 'archived' AND NOT EXISTS
                            (SELECT 1 FROM member WHERE member.batch = delivery.batch AND fate = 'refused') AS isAtRest,
                        CASE WHEN archiveRemovedAt IS NULL THEN
                            (SELECT sum(json_extract(signature, '$.size')) FROM member
                                WHERE member.batch = delivery.batch AND place = 'archive' AND fate = 'moved')
                        END AS archived
                    FROM delivery JOIN batch ON batch.id = delivery.batch
                    ORDER BY coalesce(deliveredAt, closedAt), delivery.rowid
                    """
            ).map(StoredDelivery.init)
        }
    }

    /// - Parameters:
    ///   - isAll: nothing of it is left to be removed.
    ///   - entry: what the audit log says about it; nil where there was nothing to remove.
    func noteRemoved(
        _ part: StoredPart, of delivery: String, isAll: Bool, _ entry: AuditEntry?, at date: Date
    ) async throws {
        try await write("removed \(part.rawValue)") { database in
            if isAll {
                try database.execute(
                    sql: "UPDATE delivery SET \(part.column) = ? WHERE id = ?",
                    arguments: [date.timeIntervalSince1970, delivery])
            }
            if let entry { try Self.audit(entry, database) }
        }
    }
}

/// What of a delivery is removed by itself.
package enum StoredPart: String, Hashable, Sendable {
    case results, archive

    fileprivate var column: String {
        switch self {
        case .results: "resultsRemovedAt"
        case .archive: "archiveRemovedAt"
        }
    }
}

extension StoredDelivery {
    fileprivate init(row: Row) {
        id = row["id"]
        batch = row["batch"]
        family = row["family"]
        zip = (row["baseName"] as String?).map { DeliveryRecord.zipName($0, of: row["zips"]) }
        closedAt = Date(timeIntervalSince1970: row["closedAt"])
        deliveredAt = (row["deliveredAt"] as Double?).map(Date.init(timeIntervalSince1970:))
        isAtRest = row["isAtRest"]
        hasResults = row["hasResults"]
        archived = row["archived"]
    }
}
