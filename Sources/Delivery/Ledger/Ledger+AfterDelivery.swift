package import Disk
import Foundation
import GRDB
package import SystemPackage

/// What happens to inputs once they are delivered, and who did what when.
extension Ledger {
    /// Migration 4.
    static let afterDelivery = """
        -- what the markers say, as JSON
        ALTER TABLE batch ADD COLUMN marker TEXT NOT NULL DEFAULT '{"tags":[]}';
        -- how many items fewer than the marker expects
        ALTER TABLE batch ADD COLUMN shortfall INTEGER;
        ALTER TABLE batch ADD COLUMN who TEXT;

        CREATE TABLE newMember (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            -- of a retry: where it lay when the first of its deliveries closed
            origin BLOB,
            role TEXT NOT NULL CHECK (role IN ('input', 'other', 'marker')),
            signature TEXT NOT NULL,
            sha256 TEXT,
            -- planned when the batch is delivered
            place TEXT CHECK (place IN ('archive', 'failed', 'delete', 'stay')),
            target BLOB,
            secondTarget BLOB,
            fate TEXT CHECK (fate IN ('moved', 'late', 'gone', 'refused', 'kept', 'deleted')),
            note TEXT,
            PRIMARY KEY (batch, path)
        ) STRICT;
        INSERT INTO newMember (batch, path, role, signature, sha256, place, target, secondTarget, fate, note)
            SELECT batch, path, role, signature, sha256, place, target, secondTarget, fate, note FROM member;
        DROP TABLE member;
        ALTER TABLE newMember RENAME TO member;
        CREATE INDEX memberRefused ON member (batch) WHERE fate = 'refused';

        -- delivered files that stay in the inbox: no news until their signature changes
        CREATE TABLE kept (
            path BLOB NOT NULL PRIMARY KEY,
            signature TEXT NOT NULL
        ) STRICT;
        INSERT INTO kept (path, signature) SELECT path, signature FROM keptMarker;
        INSERT OR IGNORE INTO kept (path, signature) SELECT path, signature FROM member WHERE fate = 'refused';
        DROP TABLE keptMarker;

        ALTER TABLE audit ADD COLUMN who TEXT;
        ALTER TABLE audit ADD COLUMN files INTEGER;
        ALTER TABLE audit ADD COLUMN bytes INTEGER;
        ALTER TABLE audit ADD COLUMN zip TEXT;
        ALTER TABLE audit ADD COLUMN sha256 TEXT;
        -- of a retry: the ZIP of the first delivery
        ALTER TABLE audit ADD COLUMN first TEXT;
        """

    /// Files in the inbox that were delivered and stay there, because they are to be kept or may not be moved. One is
    /// news again as soon as its signature is another.
    package func kept() async throws -> [FilePath: FileSignature] {
        try await read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT path, signature FROM kept")
            var kept: [FilePath: FileSignature] = [:]
            while let row = try rows.next() {
                kept[FilePath(ledgerBytes: row["path"])] = try JSONText.decode(row["signature"])
            }
            return kept
        }
    }

    /// A kept file is not there any more, or has another content.
    package func forgetKept(_ paths: [FilePath]) async throws {
        guard !paths.isEmpty else { return }
        try await write("forget kept") { database in
            for path in paths {
                try database.execute(sql: "DELETE FROM kept WHERE path = ?", arguments: [path.ledgerBytes])
            }
        }
    }

    /// What became of a member, and whether it counts as kept from now on.
    static func settle(_ member: MemberRecord, of batch: String, _ database: Database) throws {
        try member.save(database, batch: batch)
        let path = member.path.ledgerBytes
        if member.fate == .refused || member.fate == .kept {
            try database.execute(
                sql: "INSERT OR REPLACE INTO kept (path, signature) VALUES (?, ?)",
                arguments: [path, try JSONText.encode(member.signature)])
        } else {
            try database.execute(sql: "DELETE FROM kept WHERE path = ?", arguments: [path])
            try database.execute(sql: "DELETE FROM fileHash WHERE path = ?", arguments: [path])
        }
    }
}
