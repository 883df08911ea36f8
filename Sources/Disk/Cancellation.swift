import Synchronization
package import SystemPackage

/// Asks work on another thread to end: the work looks at it between its pieces.
package final class Cancellation: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package func cancel() { flag.store(true, ordering: .relaxed) }

    /// Throws `.canceled` when the work is to end.
    package func check() throws(Errno) {
        if flag.load(ordering: .relaxed) { throw .canceled }
    }
}
