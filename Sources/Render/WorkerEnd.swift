package import Words

/// What came of a worker.
package enum WorkerAnswer: Hashable, Sendable {
    case done(WorkerResult)
    case rejected(Problem)
    case failed(Problem)
    /// The task was cancelled; its process group is gone.
    case interrupted
}

/// The answer, and what the log wants to know.
package struct WorkerEnd: Hashable, Sendable {
    package var answer: WorkerAnswer
    /// Nil when it never said.
    package var limits: LimitsReport?
    /// The last of its standard error.
    package var log: String
    /// Resident bytes, of the whole group as seen once a second, and of the worker itself at its most.
    package var peakMemory: Int64

    init(_ answer: WorkerAnswer, limits: LimitsReport? = nil, log: String = "", peakMemory: Int64 = 0) {
        self.answer = answer
        self.limits = limits
        self.log = log
        self.peakMemory = peakMemory
    }
}

/// How a process ended.
package enum WorkerExit: Hashable, Sendable {
    case code(Int32)
    case signal(Int32)
    /// Someone else took its status.
    case unknown
}
