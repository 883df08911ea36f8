package import Disk
import Foundation
import GRDB
import Synchronization
package import SystemPackage

/// What the service remembers of every file, render, batch and delivery: one SQLite file in the state folder.
///
/// A commit is on the disk when a writing call returns (write-ahead log with full synchronisation). Reads and writes
/// run on GRDB's own threads; they are finished even when the calling task has been cancelled, for what has happened
/// has to be remembered. Commands may read it while the service writes.
package final class Ledger: Sendable {
    private let pool: DatabasePool
    private let observer: (any LedgerObserver)?
    private let folder: Folder
    private let lock = Mutex<FileLock?>(nil)

    /// Opens the ledger, making and migrating it where needed.
    ///
    /// - Parameters:
    ///   - folder: the state folder, on a local disk.
    ///   - observer: told of each commit before it is made.
    /// - Throws: ``LedgerProblem``, `Errno` of looking at the folder, or an error of the database.
    package init(in folder: Folder, observer: (any LedgerObserver)? = nil) throws {
        let fileSystem = try folder.fileSystem()
        if fileSystem.isNetwork { throw LedgerProblem.onNetwork(fileSystem: fileSystem.name) }
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.patience)
        pool = try DatabasePool(path: folder.path.appending(Self.fileName).string, configuration: configuration)
        self.observer = observer
        self.folder = folder
        // GRDB sets NORMAL for a write-ahead log, which a power cut may take commits from.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try Self.migrate(pool)
    }

    /// Another process that opens a new ledger at the same moment makes the same tables: what it has made is looked at anew.
    private static func migrate(_ pool: DatabasePool) throws {
        let migrator = migrator
        guard try pool.read({ try !migrator.hasBeenSuperseded($0) }) else { throw LedgerProblem.newer }
        for _ in migrator.migrations {
            do { return try migrator.migrate(pool) } catch let error as DatabaseError {
                guard [.SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode) else { throw error }
            }
        }
        try migrator.migrate(pool)
    }

    package static let fileName = "ledger.sqlite"
    /// In the state folder; held while a service works with the ledger.
    package static let lockName: FilePath = "ledger.lock"
    /// Seconds to wait for another process's write; the longest of ours takes milliseconds.
    private static let patience = 10.0

    /// For the service, until `close`: two with one ledger would take each other's work for what a kill has cut off.
    ///
    /// Does nothing when it is claimed already. Throws `LedgerProblem.inUse`. Where the state folder has no locks nothing can be told, and nothing is refused.
    package func claim() throws {
        guard lock.withLock({ $0 == nil }) else { return }
        let taken: FileLock
        do { taken = try folder.lock(Self.lockName) } catch {
            if error == .wouldBlock { throw LedgerProblem.inUse(by: folder.lockHolder(Self.lockName) ?? "unknown") }
            if error == .notSupported || error == .noLocks { return }
            throw error
        }
        lock.withLock { $0 = taken }
    }

    /// Reads in one consistent state, in a task of its own so that cancellation doesn't tear it.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let pool = pool
        return try await Task { try await pool.read(body) }.value
    }

    /// Writes all or nothing.
    ///
    /// - Parameter change: what is written, for the observer.
    func write<Value: Sendable>(
        _ change: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let (pool, observer) = (pool, observer)
        return try await Task {
            try await pool.write { database in
                let value = try body(database)
                try observer?.willCommit(change)
                return value
            }
        }.value
    }

    /// Gives the space of what was forgotten back to the disk.
    func shrink() async throws {
        let (pool, observer) = (pool, observer)
        try await Task {
            try observer?.willCommit("shrink")
            try await pool.vacuum()
            // where a reader stands in the way, a later checkpoint does it
            _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }.value
    }

    /// Ends all use of the file.
    package func close() throws {
        lock.withLock { $0 = nil }
        try pool.close()
    }
}
