import Synchronization
package import SystemPackage

/// Asks work on another thread to end, and is told how far it is: the work looks at it between its pieces.
package final class Cancellation: Sendable {
    private let flag = Atomic(false)
    private let bytes = Atomic<Int64>(0)

    package init() {}

    package func cancel() { flag.store(true, ordering: .relaxed) }

    /// How many bytes have been written or read so far.
    package var progress: Int64 { bytes.load(ordering: .relaxed) }

    /// The work has written or read so many bytes more.
    package func advance(_ count: Int) { bytes.add(Int64(count), ordering: .relaxed) }

    /// Throws `.canceled` when the work is to end.
    package func check() throws(Errno) {
        if flag.load(ordering: .relaxed) { throw .canceled }
    }
}
