import Delivery
import Disk
import GRDB
import Synchronization
import SystemPackage

/// Refuses a few steps, one after the other; before and after them all is well.
final class Fault: DiskObserver, LedgerObserver {
    enum Kind: String, CaseIterable, Sendable {
        case broken, quota, stale, full, readOnly, denied

        var error: Errno {
            switch self {
            case .broken: .ioError
            case .quota: .diskQuotaExceeded
            case .stale: .staleNFSFileHandle
            case .full: .noSpace
            case .readOnly: .readOnlyFileSystem
            case .denied: .permissionDenied
            }
        }

        /// What the ledger's own disk would answer.
        var database: DatabaseError {
            switch self {
            case .broken, .stale: DatabaseError(resultCode: .SQLITE_IOERR)
            case .quota, .full: DatabaseError(resultCode: .SQLITE_FULL)
            case .readOnly: DatabaseError(resultCode: .SQLITE_READONLY)
            case .denied: DatabaseError(resultCode: .SQLITE_CANTOPEN)
            }
        }

        /// Somebody has to give something back; a file that may not be moved does not hold up the others.
        var isRefusal: Bool { self == .readOnly || self == .denied }
    }

    private struct State {
        var count = 0
        var refused: [String] = []
    }

    private let kind: Kind
    private let steps: Range<Int>
    private let state = Mutex(State())

    /// - Parameter step: the first that is refused, counted from 0.
    init(_ kind: Kind, at step: Int, times: Int = 1) {
        self.kind = kind
        steps = step..<(step + times)
    }

    /// Refuses nothing.
    init() {
        kind = .broken
        steps = 0..<0
    }

    /// Steps that were asked for, those that were refused included.
    var count: Int { state.withLock(\.count) }
    /// In words.
    var refused: [String] { state.withLock(\.refused) }

    func willDo(_ operation: DiskOperation) throws(Errno) {
        if isRefused("\(operation)") { throw kind.error }
    }

    func willCommit(_ change: String) throws {
        if isRefused(change) { throw kind.database }
    }

    private func isRefused(_ step: String) -> Bool {
        state.withLock { state in
            defer { state.count += 1 }
            guard steps.contains(state.count) else { return false }
            state.refused.append(step)
            return true
        }
    }
}
