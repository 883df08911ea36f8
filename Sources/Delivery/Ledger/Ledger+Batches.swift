import Batch
package import Disk
import Foundation
import GRDB
package import SystemPackage

/// Closed batches, their items and members.
extension Ledger {
    /// L1: freezes a batch, with the delivery that it is for.
    ///
    /// - Parameters:
    ///   - repeated: of a retry: the delivery that it repeats.
    ///   - isTaken: whether something else holds this id; asked for the batch's own first, then for `-2`, `-3`.
    ///   - alongside: what is to be committed with it, or not at all.
    /// - Returns: the batch under the id that it got.
    func close(
        _ batch: BatchRecord, _ items: [ItemRecord], _ members: [MemberRecord], delivery: String,
        repeating repeated: DeliveryRecord? = nil, isTaken: @escaping @Sendable (String) -> Bool,
        alongside: @escaping @Sendable (Database) throws -> Void = { _ in }
    ) async throws -> BatchRecord {
        try await write("L1 closed") { database in
            var batch = batch
            batch.id = try Self.freeID(batch.id, isTaken, database)
            try batch.insert(database)
            for (position, item) in items.enumerated() {
                try item.insert(database, batch: batch.id, position: position)
            }
            for member in members {
                try member.save(database, batch: batch.id)
                // it is this batch's from now on
                try database.execute(
                    sql: "UPDATE member SET fate = 'gone', note = ? WHERE path = ? AND batch <> ? AND fate = 'refused'",
                    arguments: ["taken over by \(batch.id)", member.path.ledgerBytes, batch.id])
            }
            try database.execute(
                sql: "INSERT INTO delivery (id, batch, first, step, createdAt) VALUES (?, ?, ?, 'closed', ?)",
                arguments: [delivery, batch.id, repeated?.id, batch.closedAt.timeIntervalSince1970])
            try database.execute(
                sql: "UPDATE render SET isReported = 1 WHERE key IN (SELECT render FROM item WHERE batch = ?)",
                arguments: [batch.id])
            try Self.audit(Self.closedEntry(batch, items, members, repeated), database)
            try alongside(database)
            return batch
        }
    }

    private static func closedEntry(
        _ batch: BatchRecord, _ items: [ItemRecord], _ members: [MemberRecord], _ repeated: DeliveryRecord?
    ) -> AuditEntry {
        var entry = AuditEntry(
            at: batch.closedAt, event: repeated == nil ? .closed : .retried, batch: batch.id, who: batch.who,
            detail: "\(items.count) rows")
        entry.files = members.count
        entry.bytes = members.reduce(0) { $0 + $1.signature.size }
        entry.first = repeated?.zipName
        return entry
    }

    /// Free without case too: Windows and macOS see the outbox as well.
    private static func freeID(_ wanted: String, _ isTaken: (String) -> Bool, _ database: Database) throws -> String {
        var number = 1
        while true {
            let id = number == 1 ? wanted : "\(wanted)-\(number)"
            let isKnown = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM batch WHERE id = ? COLLATE NOCASE)", arguments: [id])
            if isKnown != true, !isTaken(id) { return id }
            number += 1
        }
    }

    /// In the order of the CSV.
    package func items(of batch: String) async throws -> [ItemRecord] {
        try await read {
            try Row.fetchAll($0, sql: "SELECT * FROM item WHERE batch = ? ORDER BY position", arguments: [batch])
                .map(ItemRecord.init)
        }
    }

    /// In byte order of their paths.
    package func members(of batch: String) async throws -> [MemberRecord] {
        try await read {
            try Row.fetchAll($0, sql: "SELECT * FROM member WHERE batch = ? ORDER BY path", arguments: [batch])
                .map(MemberRecord.init)
        }
    }

    /// An item whose video is lost before it was packed.
    func demote(_ item: ItemRecord, at position: Int, of batch: String) async throws {
        try await write("demote item") { database in
            try database.execute(
                sql: "DELETE FROM item WHERE batch = ? AND position = ?", arguments: [batch, position])
            try item.insert(database, batch: batch, position: position)
            try database.execute(
                sql: "UPDATE render SET state = 'dropped', facts = NULL WHERE key = ?", arguments: [item.render])
        }
    }

    /// Files in the inbox that are nothing new: members of closed batches whose inputs are not moved yet; those that
    /// stay are ``kept()``. A file counts again as soon as its signature is another.
    package func claims() async throws -> [FilePath: FileSignature] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT path, signature FROM member
                    WHERE batch IN (SELECT batch FROM delivery WHERE step <> 'archived')
                    """)
            var claims: [FilePath: FileSignature] = [:]
            while let row = try rows.next() {
                claims[FilePath(ledgerBytes: row["path"])] = try JSONText.decode(row["signature"])
            }
            return claims
        }
    }
}
