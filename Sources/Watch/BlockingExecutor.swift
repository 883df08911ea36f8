import Dispatch

/// Runs an actor on a thread of its own, for work that waits for disks: Swift's shared threads are as few as the
/// processor's cores, and must not be held up.
final class BlockingExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "heygem-watch.watcher")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
