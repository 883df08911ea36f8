import Foundation
import GRDB

/// The audit log. Nothing of it is ever changed, nor removed but with what is forgotten of its batch.
extension Ledger {
    /// - Parameter limit: so many of the last entries.
    /// - Returns: newest first.
    package func history(limit: Int) async throws -> [AuditEntry] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM audit ORDER BY id DESC LIMIT ?", arguments: [limit])
                .compactMap(AuditEntry.init(row:))
        }
    }

    static func audit(_ entry: AuditEntry, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO audit (at, event, batch, who, files, bytes, zip, sha256, first, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.at.timeIntervalSince1970, entry.event.rawValue, entry.batch, entry.who, entry.files, entry.bytes,
                entry.zip, entry.sha256, entry.first, entry.detail,
            ])
    }
}

extension AuditEntry {
    /// nil for an event of a newer version.
    fileprivate init?(row: Row) {
        guard let event = Event(rawValue: row["event"]) else { return nil }
        self.init(
            at: Date(timeIntervalSince1970: row["at"]), event: event, batch: row["batch"] ?? "", who: row["who"],
            detail: row["detail"])
        (files, bytes, zip, sha256, first) = (row["files"], row["bytes"], row["zip"], row["sha256"], row["first"])
    }
}
