package import Batch

/// Which renders are wanted, by whom, and which is next: the pure part of the queue.
package struct RenderSchedule {
    /// Older batches come first; within a batch what was wanted first.
    package struct Order: Comparable {
        package var batch: UInt64
        package var number: UInt64

        package init(batch: UInt64, number: UInt64) {
            self.batch = batch
            self.number = number
        }

        package static func < (left: Order, right: Order) -> Bool {
            (left.batch, left.number) < (right.batch, right.number)
        }
    }

    package enum Phase {
        case queued
        /// The engine gave up; it is queued again after a while.
        case delayed
        /// A worker is at it. It may be that nobody needs it any more.
        case running
    }

    package struct Job {
        let content: RenderContent
        /// Who needs it, first come first; each has the same content.
        var pairs: [Pair]
        var order: Order
        var phase = Phase.queued
    }

    /// What is to be done when a pair is not wanted any more.
    package enum Removal: Equatable {
        case nothing
        /// It was waiting, and nobody else needs it.
        case drop(key: String)
        /// It is running, and nobody else needs it.
        case cancel(key: String)
    }

    package private(set) var jobs: [String: Job] = [:]
    private var keys: [Pair: String] = [:]
    package private(set) var runningCount = 0

    package init() {}

    package mutating func add(_ pair: Pair, _ content: RenderContent, key: String, order: Order) {
        var job = jobs[key] ?? Job(content: content, pairs: [], order: order)
        if !job.pairs.contains(pair) { job.pairs.append(pair) }
        job.order = min(job.order, order)
        jobs[key] = job
        keys[pair] = key
    }

    package mutating func remove(_ pair: Pair) -> Removal {
        guard let key = keys.removeValue(forKey: pair), var job = jobs[key] else { return .nothing }
        job.pairs.removeAll { $0 == pair }
        jobs[key] = job
        guard job.pairs.isEmpty else { return .nothing }
        if job.phase == .running { return .cancel(key: key) }
        jobs[key] = nil
        return .drop(key: key)
    }

    /// - Returns: the next to render, now running; nil when none waits or as many run as may.
    package mutating func start(limit: Int) -> String? {
        guard runningCount < limit else { return nil }
        let next = jobs.lazy.filter { $0.value.phase == .queued }.min { $0.value.order < $1.value.order }
        guard let key = next?.key else { return nil }
        jobs[key]?.phase = .running
        runningCount += 1
        return key
    }

    /// The running job has its outcome, or has to begin anew: it is forgotten.
    ///
    /// - Returns: who needed it.
    package mutating func end(_ key: String) -> [Pair] {
        guard let job = jobs.removeValue(forKey: key) else { return [] }
        if job.phase == .running { runningCount -= 1 }
        for pair in job.pairs { keys[pair] = nil }
        return job.pairs
    }

    /// The running job is to run again.
    ///
    /// - Returns: false when nobody needs it any more; it is forgotten then.
    package mutating func requeue(_ key: String, isDelayed: Bool) -> Bool {
        guard jobs[key]?.pairs.isEmpty == false else {
            _ = end(key)
            return false
        }
        jobs[key]?.phase = isDelayed ? .delayed : .queued
        runningCount -= 1
        return true
    }

    package mutating func delayEnded(_ key: String) {
        if jobs[key]?.phase == .delayed { jobs[key]?.phase = .queued }
    }
}
