import Delivery
import Disk
import Synchronization
import SystemPackage

/// What was done to the disk and to the ledger, in the order in which it was begun.
final class OperationLog: LedgerObserver {
    enum Place: String {
        case inbox, outbox, work
    }

    enum Entry: Hashable, CustomStringConvertible {
        case disk(Place, DiskOperation)
        case commit(String)

        var description: String {
            switch self {
            case .disk(let place, let operation): "\(place) \(operation)"
            case .commit(let change): "commit \(change)"
            }
        }
    }

    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }

    /// Keeps what is done in one folder.
    func observer(of place: Place) -> any DiskObserver { Keeper(log: self, place: place) }

    func willCommit(_ change: String) { add(.commit(change)) }

    private func add(_ entry: Entry) { kept.withLock { $0.append(entry) } }

    private struct Keeper: DiskObserver {
        let log: OperationLog
        let place: Place

        func willDo(_ operation: DiskOperation) { log.add(.disk(place, operation)) }
    }
}
