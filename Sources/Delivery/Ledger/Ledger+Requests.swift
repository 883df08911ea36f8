package import Batch
package import Foundation
import GRDB
import SystemPackage

/// What people ask through commands, and the open batches that they have cancelled.
extension Ledger {
    /// Migration 3.
    static let requests = """
        CREATE TABLE request (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            -- JSON, as the answer
            content TEXT NOT NULL,
            answer TEXT,
            isOver INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX requestOpen ON request (id) WHERE NOT isOver;

        -- cancelled open batches
        CREATE TABLE hold (
            -- the name of the batch's folder; empty for the loose files
            folder BLOB NOT NULL PRIMARY KEY,
            who TEXT NOT NULL,
            at REAL NOT NULL
        ) STRICT;
        """

    /// Keeps a request for the service, which hears of it by ``RequestFolder/knock()`` or at its next start.
    ///
    /// - Returns: its number, for ``answer(of:)``.
    package func ask(_ request: Request) async throws -> Int64 {
        try await write("request") { database in
            try database.execute(
                sql: "INSERT INTO request (content) VALUES (?)", arguments: [try JSONText.encode(request)])
            return database.lastInsertedRowID
        }
    }

    /// What is not done yet, oldest first.
    package func pendingRequests() async throws -> [NumberedRequest] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM request WHERE NOT isOver ORDER BY id").map { row in
                NumberedRequest(
                    id: row["id"], request: try JSONText.decode(row["content"]),
                    answer: try (row["answer"] as String?).map { try JSONText.decode($0) })
            }
        }
    }

    /// nil while no service has seen the request.
    package func answer(of request: Int64) async throws -> RequestAnswer? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT answer FROM request WHERE id = ?", arguments: [request])
                .map { try JSONText.decode($0) }
        }
    }

    package func answer(_ request: Int64, _ answer: RequestAnswer) async throws {
        try await write("answer") { try Self.answer(request, answer, $0) }
    }

    /// For commits that have to be one with what the answer tells.
    static func answer(_ request: Int64, _ answer: RequestAnswer, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE request SET answer = ?, isOver = ? WHERE id = ?",
            arguments: [try JSONText.encode(answer), answer.state != .accepted, request])
    }

    /// For the commit that closes a retry: whoever asked is told which delivery comes of it.
    ///
    /// - Parameter first: the delivery that is repeated.
    static func answer(
        _ request: Int64, _ answer: RequestAnswer, withLastRetryOf first: String, _ database: Database
    ) throws {
        var answer = answer
        answer.delivery = try String.fetchOne(
            database, sql: "SELECT id FROM delivery WHERE first = ? ORDER BY rowid DESC LIMIT 1", arguments: [first])
        try Self.answer(request, answer, database)
    }
}

/// A person's hold on an open batch.
package struct Hold: Hashable, Sendable {
    package var folder: BatchFolder
    package var who: String
    package var at: Date

    package init(folder: BatchFolder, who: String, at: Date) {
        self.folder = folder
        self.who = who
        self.at = at
    }
}

extension Ledger {
    /// Cancelled open batches.
    package func holds() async throws -> [Hold] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM hold").map { row in
                Hold(
                    folder: BatchFolder(ledgerBytes: row["folder"]), who: row["who"],
                    at: Date(timeIntervalSince1970: row["at"]))
            }
        }
    }

    /// From now on the batch is held, also after a restart.
    func hold(_ hold: Hold, name: String, answering request: Int64, _ answer: RequestAnswer) async throws {
        try await write("hold") { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO hold (folder, who, at) VALUES (?, ?, ?)",
                arguments: [hold.folder.ledgerBytes, hold.who, hold.at.timeIntervalSince1970])
            try Self.audit(AuditEntry(at: hold.at, event: .cancelled, batch: name, who: hold.who), database)
            try Self.answer(request, answer, database)
        }
    }

    /// A person lets the batch go on.
    func release(_ hold: Hold, name: String, answering request: Int64, _ answer: RequestAnswer) async throws {
        try await write("release") { database in
            try Self.forget(hold.folder, database)
            try Self.audit(AuditEntry(at: hold.at, event: .resumed, batch: name, who: hold.who), database)
            try Self.answer(request, answer, database)
        }
    }

    /// The last file of a cancelled batch has gone.
    func forgetHold(_ folder: BatchFolder) async throws {
        try await write("forget hold") { try Self.forget(folder, $0) }
    }

    private static func forget(_ folder: BatchFolder, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM hold WHERE folder = ?", arguments: [folder.ledgerBytes])
    }
}

extension BatchFolder {
    fileprivate var ledgerBytes: Data {
        switch self {
        case .folder(let name): FilePath(root: nil, [name]).ledgerBytes
        case .loose: Data()
        }
    }

    fileprivate init(ledgerBytes: Data) {
        self = FilePath(ledgerBytes: ledgerBytes).lastComponent.map(BatchFolder.folder) ?? .loose
    }
}
