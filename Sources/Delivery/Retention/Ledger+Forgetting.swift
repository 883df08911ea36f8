package import Foundation
import GRDB
import Pack
package import Words

/// What the ledger forgets of delivered batches.
extension Ledger {
    /// Forgets deliveries with all that repeat them: rows, members, audit log, and renders that nobody needs.
    ///
    /// - Parameters:
    ///   - known: the deliveries that were looked at: a family that has got another one since then stays, as all do
    ///     while somebody asks for something.
    ///   - needed: the keys of renders that open batches have; nil while that can't be told, then all stay.
    /// - Returns: how many batches that were.
    func forget(_ families: [String], of known: Set<String>, needed: Set<String>?, at date: Date) async throws -> Int {
        try await write("forget batches") { database in
            let batches = try Self.forgettable(families, of: known, database)
            guard let until = batches.map(\.closedAt).max() else { return 0 }
            let ids = batches.map(\.id)
            let those = databaseQuestionMarks(count: ids.count)
            for sql in ["batch WHERE id IN (\(those))", "audit WHERE batch IN (\(those))"] {
                // one statement: deliveries of a family name each other
                try database.execute(sql: "DELETE FROM \(sql)", arguments: StatementArguments(ids))
            }
            try Self.forgetTraces(until: until, needed, database)
            try Self.noteForgotten(batches.count, until: until, at: date, database)
            return batches.count
        }
    }

    /// As it is within the commit: a retry may have been asked for, or have closed, since somebody looked.
    private static func forgettable(
        _ families: [String], of known: Set<String>, _ database: Database
    ) throws -> [(id: String, closedAt: Double)] {
        let isAsked = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM request WHERE NOT isOver)")
        guard isAsked == false, !families.isEmpty else { return [] }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT delivery.id, coalesce(first, delivery.id) AS family, step, batch, closedAt
                FROM delivery JOIN batch ON batch.id = delivery.batch
                WHERE coalesce(first, delivery.id) IN (\(databaseQuestionMarks(count: families.count)))
                """, arguments: StatementArguments(families))
        let busy = Set(
            rows.lazy.filter { !known.contains($0["id"]) || $0["step"] != DeliveryRecord.Step.archived.rawValue }
                .map { $0["family"] as String })
        return rows.filter { !busy.contains($0["family"]) }.map { ($0["batch"], $0["closedAt"]) }
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
