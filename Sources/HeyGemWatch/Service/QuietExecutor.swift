import Dispatch
import Foundation
import Synchronization
import Watch
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// Runs the tasks of the program on a few threads of its own.
///
/// Swift's own executor for Linux uses Dispatch's shared queues, and those look after their threads with a timer that
/// wakes the process once a second for ever. With these threads an idle service isn't woken at all.
final class QuietExecutor: TaskExecutor, SchedulingExecutor {
    private let jobs = Mutex(Jobs())
    private let ready = DispatchSemaphore(value: 0)
    private let timers = DispatchQueue(label: "heygem-watch.sleeps")

    /// First in, first out, at the same cost however many wait.
    private struct Jobs {
        private var arriving: [UnownedJob] = []
        /// The first one last.
        private var leaving: [UnownedJob] = []

        mutating func append(_ job: UnownedJob) { arriving.append(job) }

        mutating func next() -> UnownedJob? {
            if leaving.isEmpty {
                leaving = arriving.reversed()
                arriving.removeAll(keepingCapacity: true)
            }
            return leaving.popLast()
        }
    }

    /// Makes it the executor of everything that asks for none; to be called before anything else.
    static func install() { _createExecutors(factory: Factory.self) }

    private struct Factory: ExecutorFactory {
        static var mainExecutor: any MainExecutor { PlatformExecutorFactory.mainExecutor }
        static let defaultExecutor: any TaskExecutor = QuietExecutor(
            threads: ProcessInfo.processInfo.activeProcessorCount)
    }

    private init(threads: Int) {
        // a serial queue has a thread of its own, which is none of the shared ones
        for number in 0..<max(2, threads) {
            DispatchQueue(label: "heygem-watch.tasks.\(number)").async { self.work() }
        }
    }

    private func work() -> Never {
        while true {
            ready.wait()
            guard let job = jobs.withLock({ $0.next() }) else { continue }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job)) }

    private func add(_ job: UnownedJob) {
        jobs.withLock { $0.append(job) }
        ready.signal()
    }

    /// Sleeps by the system's clocks; others do their own sleeping.
    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
    ) {
        let job = UnownedJob(job)
        timers.asyncAfter(deadline: .after(delay as? Duration ?? .zero)) { self.add(job) }
    }
}
