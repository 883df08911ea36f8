import Glibc
import Synchronization

/// A worker that was started before its job is there, so that its own start, most of it dynamic linking, is over by then.
///
/// Nothing bounds it meanwhile, for it has been told nothing. If nobody takes it, it ends when this is let go of.
package final class WaitingWorker: Sendable {
    private let child: Mutex<ChildProcess?>

    init(_ child: sending ChildProcess) {
        self.child = Mutex(child)
    }

    /// The process; nil when it was taken before.
    func take() -> sending ChildProcess? {
        child.withLock { child in
            let taken = child
            child = nil
            return taken
        }
    }

    deinit {
        guard let child = take() else { return }
        ProcessGroup(leader: child.pid).send(SIGKILL)
        child.waitForExit()
        _ = child.reap()
    }
}
