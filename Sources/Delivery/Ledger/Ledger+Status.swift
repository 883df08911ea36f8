import GRDB

/// How many renders and attempts there have been.
extension Ledger {
    package func renderCounts() async throws -> [RenderState: Int] {
        try await read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT state, count(*) AS count FROM render GROUP BY state")
            var counts: [RenderState: Int] = [:]
            for row in rows {
                if let state = RenderState(rawValue: row["state"]) { counts[state] = row["count"] }
            }
            return counts
        }
    }

    /// How often a worker was started, whatever came of it.
    package func attemptCount() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM attempt") ?? 0 }
    }
}
