package import Foundation
import GRDB
import Render
import SystemPackage
import Words

/// Renders: queued, given up, done.
extension Ledger {
    package func render(_ key: String) async throws -> RenderRecord? {
        try await read { try RenderRecord.fetch(key, $0) }
    }

    /// Queues a render that is not known yet, or was dropped, or was reported as failed with an earlier batch.
    ///
    /// - Returns: the render as it is now; with an outcome when it has one already.
    package func queueRender(_ content: RenderContent, at date: Date) async throws -> RenderRecord {
        let key = content.key
        return try await write("queue render") { database in
            try database.execute(
                sql: """
                    INSERT INTO render (key, audioSHA256, avatarSHA256, pointsSHA256,
                        engine, engineVersion, engineSettings, state, queuedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?)
                    ON CONFLICT (key) DO UPDATE SET state = 'queued', queuedAt = excluded.queuedAt,
                        reason = NULL, message = NULL, startedAt = NULL, finishedAt = NULL, isReported = 0,
                        failures = CASE state WHEN 'failed' THEN 0 ELSE failures END,
                        interruptions = CASE state WHEN 'failed' THEN 0 ELSE interruptions END
                    WHERE state = 'dropped' OR (state = 'failed' AND isReported)
                    """,
                arguments: [
                    key, content.audioSHA256, content.avatarSHA256, content.pointsSHA256, content.engine.name,
                    content.engine.version, content.engine.settings, date.timeIntervalSince1970,
                ])
            return try Self.known(key, database)
        }
    }

    /// Queues a render again whose video is not in the work folder any more.
    package func requeueRender(_ key: String, at date: Date) async throws -> RenderRecord {
        try await write("queue render again") { database in
            try database.execute(
                sql: "UPDATE render SET state = 'queued', queuedAt = ?, facts = NULL WHERE key = ?",
                arguments: [date.timeIntervalSince1970, key])
            return try Self.known(key, database)
        }
    }

    /// Nobody needs it any more. A render with an outcome keeps it.
    package func dropRender(_ key: String) async throws {
        try await write("drop render") {
            try $0.execute(
                sql: "UPDATE render SET state = 'dropped' WHERE key = ? AND state IN ('queued', 'running')",
                arguments: [key])
        }
    }

    /// It was refused for too long.
    ///
    /// - Returns: the render after it; with its outcome when it has one already.
    func giveUp(_ key: String, _ problem: Problem, at date: Date) async throws -> RenderRecord {
        try await write("give up") { database in
            if try Self.known(key, database).state.isOutcome == false {
                try Self.set("failed", problem, of: key, at: date, database)
            }
            return try Self.known(key, database)
        }
    }

    /// Counts a new attempt; to be called before its worker starts.
    package func beginAttempt(_ key: String, at date: Date) async throws -> AttemptRecord {
        try await write("begin attempt") { database in
            let time = date.timeIntervalSince1970
            try database.execute(
                sql: """
                    UPDATE render SET state = 'running', attempts = attempts + 1, startedAt = ?, finishedAt = NULL
                    WHERE key = ?
                    """, arguments: [time, key])
            let number = try Self.known(key, database).attempts
            try database.execute(
                sql: "INSERT INTO attempt (render, number, startedAt) VALUES (?, ?, ?)", arguments: [key, number, time])
            let attempt = AttemptRecord(
                id: database.lastInsertedRowID, render: key, number: number,
                output: WorkFolder.attempt(database.lastInsertedRowID))
            try database.execute(
                sql: "UPDATE attempt SET output = ? WHERE id = ?", arguments: [attempt.output.ledgerBytes, attempt.id])
            return attempt
        }
    }

    /// - Returns: the render after it.
    package func end(_ attempt: AttemptRecord, _ end: AttemptEnd, at date: Date) async throws -> RenderRecord {
        try await write("end attempt") { database in
            try Self.close(attempt.id, outcome: end.word, at: date, database)
            try Self.apply(end, to: attempt.render, at: date, database)
            return try Self.known(attempt.render, database)
        }
    }

    private static func apply(_ end: AttemptEnd, to key: String, at date: Date, _ database: Database) throws {
        switch end {
        case .ok(let facts):
            try database.execute(
                sql: """
                    UPDATE render SET state = 'ok', facts = ?, reason = NULL, message = NULL, finishedAt = ?
                    WHERE key = ?
                    """, arguments: [try JSONText.encode(facts), date.timeIntervalSince1970, key])
        case .rejected(let problem):
            try set("rejected", problem, of: key, at: date, database)
        case .failed(let problem, let isLast):
            try database.execute(sql: "UPDATE render SET failures = failures + 1 WHERE key = ?", arguments: [key])
            try set(isLast ? "failed" : "queued", problem, of: key, at: date, database)
        case .notStarted:
            try database.execute(
                sql: """
                    UPDATE render SET state = 'queued', startedAt = NULL, attempts = max(0, attempts - 1)
                    WHERE key = ?
                    """, arguments: [key])
        case .handedBack, .discarded, .obstructed:
            try database.execute(
                sql: "UPDATE render SET state = 'queued', startedAt = NULL WHERE key = ?", arguments: [key])
        }
    }

    private static func set(
        _ state: String, _ problem: Problem, of key: String, at date: Date, _ database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE render SET state = ?, reason = ?, message = ?, finishedAt = ? WHERE key = ?",
            arguments: [
                state, problem.reason.rawValue, try JSONText.encode(problem.values), date.timeIntervalSince1970, key,
            ])
    }

    private static func close(_ attempt: Int64, outcome: String, at date: Date, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE attempt SET endedAt = ?, outcome = ? WHERE id = ?",
            arguments: [date.timeIntervalSince1970, outcome, attempt])
    }

    private static func known(_ key: String, _ database: Database) throws -> RenderRecord {
        guard let render = try RenderRecord.fetch(key, database) else { throw LedgerProblem.missing("render \(key)") }
        return render
    }
}

extension Ledger {
    /// As many kills of the whole service are blamed on the item that was being rendered.
    static let interruptionLimit = 3

    /// For the start: counts the attempts in which the service was killed, and gives up those that were it too often.
    ///
    /// Renders without outcome are dropped; whoever still needs them queues them again.
    /// - Returns: the attempts that were cut; their outputs are of no use.
    package func recoverRenders(at date: Date) async throws -> [AttemptRecord] {
        try await write("recover renders") { database in
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM attempt WHERE endedAt IS NULL ORDER BY id")
            let cut = rows.map {
                AttemptRecord(
                    id: $0["id"], render: $0["render"], number: $0["number"],
                    output: FilePath(ledgerBytes: $0["output"]))
            }
            for attempt in cut {
                try Self.close(attempt.id, outcome: "killed", at: date, database)
                try database.execute(
                    sql: "UPDATE render SET interruptions = interruptions + 1 WHERE key = ?",
                    arguments: [attempt.render])
            }
            let interrupted = Problem(.interrupted, ["count": Phrase(verbatim: "\(Self.interruptionLimit)")])
            try database.execute(
                sql: """
                    UPDATE render SET state = 'failed', reason = ?, message = ?, finishedAt = ?
                    WHERE state IN ('queued', 'running') AND interruptions >= ?
                    """,
                arguments: [
                    interrupted.reason.rawValue, try JSONText.encode(interrupted.values), date.timeIntervalSince1970,
                    Self.interruptionLimit,
                ])
            try database.execute(sql: "UPDATE render SET state = 'dropped' WHERE state IN ('queued', 'running')")
            return cut
        }
    }
}

extension AttemptEnd {
    /// As it stands in the ledger.
    fileprivate var word: String {
        switch self {
        case .ok: "ok"
        case .rejected(let problem), .failed(let problem, _): problem.reason.rawValue
        case .handedBack: "handed back"
        case .discarded: "input changed"
        case .notStarted(let words), .obstructed(let words): words
        }
    }
}
