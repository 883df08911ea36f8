import Dispatch
import Foundation
import Synchronization
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// Runs the tasks of the program on a few threads of its own.
///
/// Swift's own executor for Linux uses Dispatch's shared queues, and those look after their threads with a timer that
/// wakes the process once a second for ever. With these threads an idle service isn't woken at all.
final class QuietExecutor: TaskExecutor, SchedulingExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let ready = DispatchSemaphore(value: 0)
    private let timers = DispatchQueue(label: "heygem-watch.sleeps")

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
            guard let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
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
        let parts = (delay as? Duration ?? .zero).components
        // beyond a century nobody waits
        let seconds = DispatchTimeInterval.seconds(Int(clamping: min(parts.seconds, 1 << 31)))
        let rest = DispatchTimeInterval.nanoseconds(Int(parts.attoseconds / 1_000_000_000))
        timers.asyncAfter(deadline: .now() + seconds + rest) { self.add(job) }
    }
}
