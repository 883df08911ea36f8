import Batch
import Delivery
import Disk
import Foundation
import GRDB
import SystemPackage
import Testing

@Suite struct LedgerMigrationTests {
    @Test("a ledger of the first version keeps its deliveries, and what lies in the inbox is still no news")
    func firstVersion() async throws {
        try await Scene.with { scene in
            let path = scene.root.appending("state/ledger.sqlite").string
            let old = try DatabaseQueue(path: path)
            try await old.write { try $0.execute(sql: Self.oldLedger) }
            try old.close()

            let ledger = try scene.ledger()
            let delivery = try await ledger.delivery("d1")
            #expect((delivery.batch.title, delivery.zipName) == ("dealers", "base.zip"))
            #expect(delivery.csv == ResultIdentity(inode: 7, bytes: 70, sha256: "c"))
            #expect(delivery.zips == [ResultIdentity(inode: 8, bytes: 80, sha256: "z")])
            #expect((delivery.batch.marker.tags, delivery.batch.shortfall) == ([], nil))
            #expect(try await ledger.members(of: "b1").map(\.fate) == [.moved, .refused, .refused])
            // the marker as it was noted, and the input that could not be moved
            #expect(Set(try await ledger.kept().keys) == ["dealers/batch.ready", "dealers/one.wav"])
            #expect(try await ledger.pendingMoves().map(\.files) == [["dealers/batch.ready", "dealers/one.wav"]])
            #expect(try await ledger.history(limit: 9).map(\.detail) == ["base.zip"])
            // and it is a ledger to go on with
            try scene.put("speech", "inbox/dealers/two.wav")
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            #expect(try await scene.deliver(ledger, settings: PublisherSettings(afterDelivery: .delete)).videos == 1)
        }
    }

    /// What the first version wrote, without the checks of its columns.
    private static let oldLedger = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 renders'), ('2 batches');
        CREATE TABLE fileHash (path BLOB NOT NULL PRIMARY KEY, signature TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;
        CREATE TABLE render (
            key TEXT NOT NULL PRIMARY KEY, audioSHA256 TEXT NOT NULL, avatarSHA256 TEXT NOT NULL, pointsSHA256 TEXT,
            engine TEXT NOT NULL, engineVersion TEXT NOT NULL, engineSettings TEXT NOT NULL, state TEXT NOT NULL,
            reason TEXT, message TEXT, facts TEXT, queuedAt REAL NOT NULL, startedAt REAL, finishedAt REAL,
            attempts INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
            interruptions INTEGER NOT NULL DEFAULT 0, isReported INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY AUTOINCREMENT, render TEXT NOT NULL REFERENCES render (key) ON DELETE CASCADE,
            number INTEGER NOT NULL, output BLOB NOT NULL DEFAULT x'', startedAt REAL NOT NULL, endedAt REAL,
            outcome TEXT) STRICT;
        CREATE TABLE batch (
            id TEXT NOT NULL PRIMARY KEY, name BLOB NOT NULL, folder BLOB, closedAt REAL NOT NULL,
            timeZone TEXT NOT NULL) STRICT;
        INSERT INTO batch VALUES ('b1', CAST('dealers' AS BLOB), CAST('dealers' AS BLOB), 1.0, 'Europe/Berlin');
        CREATE TABLE item (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE, position INTEGER NOT NULL, name BLOB NOT NULL,
            audio BLOB, avatar BLOB, points BLOB, status TEXT NOT NULL, render TEXT, detail TEXT NOT NULL,
            PRIMARY KEY (batch, position)) STRICT;
        CREATE TABLE member (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE, path BLOB NOT NULL, role TEXT NOT NULL,
            signature TEXT NOT NULL, sha256 TEXT, place TEXT CHECK (place IN ('archive', 'failed')), target BLOB,
            secondTarget BLOB, fate TEXT CHECK (fate IN ('moved', 'late', 'gone', 'refused')), note TEXT,
            PRIMARY KEY (batch, path)) STRICT;
        INSERT INTO member VALUES
            ('b1', CAST('dealers/avatar.png' AS BLOB), 'input', '\(signature)', NULL, 'archive',
                CAST('avatar.png' AS BLOB), NULL, 'moved', NULL),
            ('b1', CAST('dealers/batch.ready' AS BLOB), 'marker', '\(signature)', NULL, 'archive',
                CAST('batch.ready' AS BLOB), NULL, 'refused', NULL),
            ('b1', CAST('dealers/one.wav' AS BLOB), 'input', '\(signature)', NULL, 'archive',
                CAST('one.wav' AS BLOB), NULL, 'refused', NULL);
        CREATE TABLE delivery (
            id TEXT NOT NULL PRIMARY KEY, batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            first TEXT REFERENCES delivery (id), step TEXT NOT NULL, baseName TEXT,
            formerBaseNames TEXT NOT NULL DEFAULT '[]', createdAt REAL NOT NULL, deliveredAt REAL, archivedAt REAL
            ) STRICT;
        INSERT INTO delivery VALUES ('d1', 'b1', NULL, 'archived', 'base', '[]', 1.0, 2.0, 3.0);
        CREATE TABLE deliveryFile (
            delivery TEXT NOT NULL REFERENCES delivery (id) ON DELETE CASCADE, kind TEXT NOT NULL,
            inode INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (delivery, kind)) STRICT;
        INSERT INTO deliveryFile VALUES ('d1', 'csv', 7, 70, 'c'), ('d1', 'zip', 8, 80, 'z');
        CREATE TABLE keptMarker (path BLOB NOT NULL PRIMARY KEY, signature TEXT NOT NULL) STRICT;
        INSERT INTO keptMarker VALUES (CAST('dealers/batch.ready' AS BLOB), '\(signature)');
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, event TEXT NOT NULL, batch TEXT,
            detail TEXT NOT NULL) STRICT;
        INSERT INTO audit (at, event, batch, detail) VALUES (2.0, 'delivered', 'b1', 'base.zip');
        """

    private static let signature = #"{"blocks":8,"changed":4,"inode":2,"modified":3,"size":1}"#
}
