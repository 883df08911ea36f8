import Foundation
import GRDB
import Render
import Words

extension RenderRecord {
    static func fetch(_ key: String, _ database: Database) throws -> RenderRecord? {
        try Row.fetchOne(database, sql: "SELECT * FROM render WHERE key = ?", arguments: [key]).map(RenderRecord.init)
    }

    init(row: Row) throws {
        let state: String = row["state"]
        guard let state = RenderState(rawValue: state) else { throw LedgerProblem.newer }
        self.init(
            key: row["key"],
            content: RenderContent(
                audioSHA256: row["audioSHA256"], avatarSHA256: row["avatarSHA256"], pointsSHA256: row["pointsSHA256"],
                engine: EngineIdentity(
                    name: row["engine"], version: row["engineVersion"], settings: row["engineSettings"])),
            state: state,
            problem: Self.problem(row),
            facts: try (row["facts"] as String?).map { try JSONText.decode($0) },
            queuedAt: Date(timeIntervalSince1970: row["queuedAt"]),
            startedAt: (row["startedAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            finishedAt: (row["finishedAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            attempts: row["attempts"], failures: row["failures"], interruptions: row["interruptions"])
    }

    private static func problem(_ row: Row) -> Problem? {
        guard let code: String = row["reason"], let reason = Reason(rawValue: code) else { return nil }
        let values: [String: Phrase]? = (row["message"] as String?).flatMap { try? JSONText.decode($0) }
        return Problem(reason, values ?? [:])
    }
}
