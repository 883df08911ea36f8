package import Foundation
import GRDB
import Pack
package import Words

/// What the ledger forgets of delivered batches.
extension Ledger {
    /// Forgets deliveries with all that repeat them: rows, members, audit log, and renders that nobody needs.
    ///
    /// - Parameter needed: the keys of renders that open batches have; nil while that can't be told, then all stay.
    /// - Returns: how many batches that were.
    func forget(families: [String], needed: Set<String>?, at date: Date) async throws -> Int {
        guard !families.isEmpty else { return 0 }
        return try await write("forget batches") { database in
            let marks = databaseQuestionMarks(count: families.count)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, closedAt FROM batch
                    WHERE id IN (SELECT batch FROM delivery WHERE coalesce(first, id) IN (\(marks)))
                    """, arguments: StatementArguments(families))
            let batches: [String] = rows.map { $0["id"] }
            guard let until = rows.map({ $0["closedAt"] as Double }).max() else { return 0 }
            let those = databaseQuestionMarks(count: batches.count)
            for sql in ["batch WHERE id IN (\(those))", "audit WHERE batch IN (\(those))"] {
                // one statement: deliveries of a family name each other
                try database.execute(sql: "DELETE FROM \(sql)", arguments: StatementArguments(batches))
            }
            try Self.forgetTraces(until: until, needed, database)
            try Self.noteForgotten(batches.count, until: until, at: date, database)
            return batches.count
        }
    }

    private static func forgetTraces(until: Double, _ needed: Set<String>?, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM audit WHERE at <= ? AND batch NOT IN (SELECT id FROM batch)", arguments: [until])
        // its times are those of Foundation
        try database.execute(
            sql: "DELETE FROM request WHERE isOver AND json_extract(content, '$.at') <= ?",
            arguments: [Date(timeIntervalSince1970: until).timeIntervalSinceReferenceDate])
        guard let needed else { return }
        let keys = try String.fetchAll(
            database,
            sql: """
                SELECT key FROM render WHERE queuedAt <= ? AND state IN ('rejected', 'failed', 'dropped')
                    AND NOT EXISTS (SELECT 1 FROM item WHERE item.render = render.key)
                """, arguments: [until])
        for key in keys where !needed.contains(key) {
            try database.execute(sql: "DELETE FROM render WHERE key = ?", arguments: [key])
        }
    }

    private static func noteForgotten(_ count: Int, until: Double, at date: Date, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO forgotten (id, batches, until) VALUES (1, ?, ?)
                ON CONFLICT (id) DO UPDATE SET batches = batches + excluded.batches, until = max(until, excluded.until)
                """, arguments: [count, until])
        try audit(AuditEntry(at: date, event: .forgotten, batch: "", detail: "\(count) batches"), database)
    }

    /// For whoever asks for a batch that is not known; nil when nothing was ever forgotten.
    package func forgottenWords(timeZone: TimeZone) async throws -> Phrase? {
        let until = try await read { try Double.fetchOne($0, sql: "SELECT until FROM forgotten") }
        guard let until else { return nil }
        let day = String(CivilTime(seconds: Int64(until), timeZone: timeZone).rfc3339.prefix(10))
        return Phrase(
            "Batches up to \(day) have been forgotten (keep_history, max_history): files that lie in _failed can be "
                + "moved back into the inbox instead.",
            zh: "截至 \(day) 的批次记录已清理（keep_history、max_history）：可将 _failed 中的文件移回输入文件夹。")
    }

    /// Bytes that the ledger's file has, and those of them that are in use.
    func size() async throws -> (file: Int64, used: Int64) {
        try await read { database in
            func value(_ pragma: String) throws -> Int64 { try Int64.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0 }
            let (page, all, free) = (try value("page_size"), try value("page_count"), try value("freelist_count"))
            return (all * page, (all - free) * page)
        }
    }
}
