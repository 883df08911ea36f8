import Delivery
import Disk
import Synchronization
import SystemPackage

/// Stops everything at one step: that step and all after it fail, as if the process had been killed before it.
final class Fuse: DiskObserver, LedgerObserver {
    private let steps = Mutex(0)
    private let limit: Int

    /// - Parameter limit: how many steps are made.
    init(after limit: Int) {
        self.limit = limit
    }

    /// How many steps were asked for.
    var count: Int { steps.withLock { $0 } }

    func willDo(_ operation: DiskOperation) throws(Errno) { try step() }
    func willCommit(_ change: String) throws { try step() }

    private func step() throws(Errno) {
        let isOver = steps.withLock { count in
            count += 1
            return count > limit
        }
        if isOver { throw .ioError }
    }
}

/// Answers some changes with an error.
struct Refusal: DiskObserver {
    let answer: @Sendable (DiskOperation) -> Errno?

    func willDo(_ operation: DiskOperation) throws(Errno) {
        if let error = answer(operation) { throw error }
    }
}
