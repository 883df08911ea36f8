import Foundation
import GRDB
import SystemPackage

/// Who needs the finished videos in the work folder.
extension Ledger {
    struct VideoUse: Sendable {
        /// When it was made, or last went into a delivery.
        var last: Date
        /// A delivery that is not packed yet needs it.
        var isNeeded: Bool
    }

    /// By the keys of all renders that have a video.
    func videoUses() async throws -> [String: VideoUse] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT render.key, render.finishedAt, max(batch.closedAt) AS closedAt,
                        max(coalesce(delivery.step IN ('closed', 'planned'), 0)) AS isNeeded
                    FROM render
                        LEFT JOIN item ON item.render = render.key
                        LEFT JOIN batch ON batch.id = item.batch
                        LEFT JOIN delivery ON delivery.batch = batch.id
                    WHERE render.state = 'ok' GROUP BY render.key
                    """)
            var uses: [String: VideoUse] = [:]
            while let row = try rows.next() {
                let times = [row["finishedAt"] as Double?, row["closedAt"] as Double?].compactMap(\.self)
                uses[row["key"]] = VideoUse(
                    last: Date(timeIntervalSince1970: times.max() ?? 0), isNeeded: row["isNeeded"])
            }
            return uses
        }
    }

    /// The video of a render is removed: who wants it renders it anew.
    func forgetVideo(_ key: String) async throws {
        try await write("forget video") {
            try $0.execute(
                sql: "UPDATE render SET state = 'dropped', facts = NULL WHERE key = ? AND state = 'ok'",
                arguments: [key])
        }
    }

    /// Of attempts that have not ended, relative to the work folder.
    func runningOutputs() async throws -> Set<FilePath> {
        try await read { database in
            let outputs = try Data.fetchAll(database, sql: "SELECT output FROM attempt WHERE endedAt IS NULL")
            return Set(outputs.map(FilePath.init(ledgerBytes:)))
        }
    }
}
