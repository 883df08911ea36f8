import Delivery
import Disk
import Foundation
import SystemPackage

/// The state folder as commands see it: they may look into it whether the service runs or not.
struct StateFolder {
    let folder: Folder

    /// Far more than a status ever has.
    private static let sizeLimit = 64 << 20

    /// - Throws: where no service has ever worked.
    init(_ settings: Settings) throws(CommandFailure) {
        let path = ServiceFolders.state(settings)
        do throws(Errno) { folder = try Folder(opening: path) } catch {
            throw CommandFailure(
                .preflight,
                "The state folder \(path.string) can't be opened: \(error). Has a service run with these settings?")
        }
    }

    /// Where videos are kept.
    var work: Folder {
        get throws(CommandFailure) {
            do throws(Errno) { return try Folder(opening: folder.path.appending("work")) } catch {
                throw CommandFailure(.preflight, "The work folder in \(folder.path.string) can't be opened: \(error).")
            }
        }
    }

    /// Whether the lock is held: a number of a process alone may be another's by now.
    var isRunning: Bool { folder.isLocked(Ledger.lockName) }

    /// What the service last wrote; nil where none did.
    func status() throws(CommandFailure) -> (bytes: [UInt8], status: ServiceStatus)? {
        guard let bytes = try? folder.contents(of: StatusWriter.jsonName, limit: Self.sizeLimit) else { return nil }
        guard let status = try? ServiceStatus.decode(Data(bytes)) else {
            throw CommandFailure(.preflight, "The status in \(folder.path.string) can't be read.")
        }
        return (bytes, status)
    }

    /// Opens the ledger that is there; none is made.
    func withLedger<Value>(_ body: (Ledger) async throws -> Value) async throws -> Value {
        guard (try? folder.status(of: FilePath(Ledger.fileName))) != nil else {
            throw CommandFailure(
                .preflight,
                "There is no ledger in \(folder.path.string): no service has run with this state folder.")
        }
        let ledger: Ledger
        do { ledger = try Ledger(in: folder) } catch {
            throw CommandFailure(
                .preflight, "The ledger in \(folder.path.string) can't be opened: \(LedgerFailure(error))")
        }
        defer { try? ledger.close() }
        return try await body(ledger)
    }
}
