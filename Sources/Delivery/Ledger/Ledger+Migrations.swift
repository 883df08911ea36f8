import GRDB

extension Ledger {
    /// Never edit a migration that has been shipped: add the next one.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 renders") { try $0.execute(sql: renders) }
        migrator.registerMigration("2 batches") { try $0.execute(sql: batches) }
        migrator.registerMigration("3 requests") { try $0.execute(sql: requests) }
        migrator.registerMigration("4 after delivery") { try $0.execute(sql: afterDelivery) }
        migrator.registerMigration("5 retention") { try $0.execute(sql: retention) }
        migrator.registerMigration("6 roots") { try $0.execute(sql: roots) }
        migrator.registerMigration("7 parts") { try $0.execute(sql: parts) }
        return migrator
    }

    private static let parts = """
        CREATE TABLE newDeliveryFile (
            delivery TEXT NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('csv', 'zip')),
            -- which of the ZIPs, from 1
            part INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (delivery, kind, part)
        ) STRICT;
        INSERT INTO newDeliveryFile (delivery, kind, part, inode, bytes, sha256)
            SELECT delivery, kind, 1, inode, bytes, sha256 FROM deliveryFile;
        DROP TABLE deliveryFile;
        ALTER TABLE newDeliveryFile RENAME TO deliveryFile;
        """

    /// Times are seconds since 1970, paths the bytes of the file system, signatures and facts JSON.
    private static let renders = """
        CREATE TABLE fileHash (
            path BLOB NOT NULL PRIMARY KEY,
            signature TEXT NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT;

        CREATE TABLE render (
            key TEXT NOT NULL PRIMARY KEY,
            audioSHA256 TEXT NOT NULL,
            avatarSHA256 TEXT NOT NULL,
            pointsSHA256 TEXT,
            engine TEXT NOT NULL,
            engineVersion TEXT NOT NULL,
            engineSettings TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'ok', 'rejected', 'failed', 'dropped')),
            reason TEXT,
            message TEXT,
            facts TEXT,
            queuedAt REAL NOT NULL,
            startedAt REAL,
            finishedAt REAL,
            attempts INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            interruptions INTEGER NOT NULL DEFAULT 0,
            -- 1 when a closed batch holds the outcome: the same content dropped again is a new try
            isReported INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX renderByState ON render (state);

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            render TEXT NOT NULL REFERENCES render (key) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            output BLOB NOT NULL DEFAULT x'',
            startedAt REAL NOT NULL,
            endedAt REAL,
            outcome TEXT
        ) STRICT;
        CREATE INDEX attemptByRender ON attempt (render);
        CREATE INDEX attemptUnended ON attempt (id) WHERE endedAt IS NULL;
        """

    private static let batches = """
        CREATE TABLE batch (
            id TEXT NOT NULL PRIMARY KEY,
            name BLOB NOT NULL,
            -- NULL for loose files
            folder BLOB,
            closedAt REAL NOT NULL,
            timeZone TEXT NOT NULL
        ) STRICT;

        CREATE TABLE item (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name BLOB NOT NULL,
            audio BLOB,
            avatar BLOB,
            points BLOB,
            status TEXT NOT NULL CHECK (status IN ('ok', 'rejected', 'failed', 'unpaired')),
            render TEXT,
            detail TEXT NOT NULL,
            PRIMARY KEY (batch, position)
        ) STRICT;
        CREATE INDEX itemByRender ON item (render);

        CREATE TABLE member (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('input', 'other', 'marker')),
            signature TEXT NOT NULL,
            sha256 TEXT,
            -- planned when the batch is delivered
            place TEXT CHECK (place IN ('archive', 'failed')),
            target BLOB,
            secondTarget BLOB,
            fate TEXT CHECK (fate IN ('moved', 'late', 'gone', 'refused')),
            note TEXT,
            PRIMARY KEY (batch, path)
        ) STRICT;

        CREATE TABLE delivery (
            id TEXT NOT NULL PRIMARY KEY,
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            -- of a retry: the delivery that it repeats
            first TEXT REFERENCES delivery (id),
            step TEXT NOT NULL CHECK (step IN ('closed', 'planned', 'prepared', 'delivered', 'archived')),
            baseName TEXT,
            formerBaseNames TEXT NOT NULL DEFAULT '[]',
            createdAt REAL NOT NULL,
            deliveredAt REAL,
            archivedAt REAL
        ) STRICT;
        CREATE INDEX deliveryByBatch ON delivery (batch);
        CREATE INDEX deliveryUnfinished ON delivery (step) WHERE step <> 'archived';

        CREATE TABLE deliveryFile (
            delivery TEXT NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('csv', 'zip')),
            inode INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (delivery, kind)
        ) STRICT;

        -- markers that could not be moved: they count again when their signature changes
        CREATE TABLE keptMarker (
            path BLOB NOT NULL PRIMARY KEY,
            signature TEXT NOT NULL
        ) STRICT;

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            event TEXT NOT NULL,
            batch TEXT,
            detail TEXT NOT NULL
        ) STRICT;
        """
}
