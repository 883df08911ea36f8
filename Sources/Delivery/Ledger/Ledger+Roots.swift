import Foundation
import GRDB
package import SystemPackage

/// A root as the last service has known it.
package struct KnownRoot: Hashable, Sendable {
    /// From the top of the file system.
    package var path: FilePath
    package var id: String

    package init(path: FilePath, id: String) {
        (self.path, self.id) = (path, id)
    }
}

extension Ledger {
    static let roots = """
        -- the folders that were served last
        CREATE TABLE root (
            role TEXT NOT NULL PRIMARY KEY CHECK (role IN ('inbox', 'outbox')),
            path BLOB NOT NULL,
            id TEXT NOT NULL
        ) STRICT;

        -- the id of the outbox where the files of a prepared delivery stand
        ALTER TABLE delivery ADD COLUMN outbox TEXT;
        """

    package func knownRoots() async throws -> [RootRole: KnownRoot] {
        try await read { database in
            var roots: [RootRole: KnownRoot] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT role, path, id FROM root") {
                guard let role = RootRole(rawValue: row["role"]) else { throw LedgerProblem.newer }
                roots[role] = KnownRoot(path: FilePath(ledgerBytes: row["path"]), id: row["id"])
            }
            return roots
        }
    }

    /// These are the roots from now on. Nothing is written when they were it before.
    ///
    /// - Parameter isAdopting: deliveries whose files stand in another outbox are packed anew for this one.
    package func remember(_ roots: [RootRole: KnownRoot], isAdopting: Bool) async throws {
        guard try await knownRoots() != roots || isAdopting else { return }
        try await write("roots") { database in
            for (role, root) in roots {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO root (role, path, id) VALUES (?, ?, ?)",
                    arguments: [role.rawValue, root.path.ledgerBytes, root.id])
            }
            if isAdopting, let outbox = roots[.outbox] { try Self.unprepare(otherThan: outbox.id, database) }
        }
    }

    private static func unprepare(otherThan outbox: String, _ database: Database) throws {
        let others = "step = 'prepared' AND outbox IS NOT NULL AND outbox <> ?"
        try database.execute(
            sql: "DELETE FROM deliveryFile WHERE delivery IN (SELECT id FROM delivery WHERE \(others))",
            arguments: [outbox])
        try database.execute(
            sql: "UPDATE delivery SET step = 'planned', outbox = NULL WHERE \(others)", arguments: [outbox])
    }

    /// Titles of the batches whose inputs still have to leave the inbox.
    package func unfinishedTitles() async throws -> [String] {
        let deliveries = try await unfinishedDeliveries().map(\.batch.title)
        return try await deliveries + pendingMoves().map(\.title)
    }
}
