import Delivery
import Disk
import Synchronization
import SystemPackage

/// Stops everything at one step: that step and all after it fail, as if the process had been killed before it.
final class Fuse: DiskObserver, LedgerObserver {
    private let steps = Mutex(0)
    private let limit: Int
    private let look: @Sendable (DiskOperation) -> Void

    /// - Parameters:
    ///   - limit: how many steps are made.
    ///   - look: told of each change of the disk before it is made.
    init(after limit: Int, look: @escaping @Sendable (DiskOperation) -> Void = { _ in }) {
        self.limit = limit
        self.look = look
    }

    /// How many steps were asked for.
    var count: Int { steps.withLock { $0 } }

    func willDo(_ operation: DiskOperation) throws(Errno) {
        try step()
        look(operation)
    }

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
