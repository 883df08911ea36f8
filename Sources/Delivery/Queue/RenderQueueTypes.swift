package import Batch
package import Disk
package import Foundation
package import Render
package import Words

package struct RenderQueueSettings: Sendable {
    /// How many workers may run at once.
    package var workers: Int
    /// How long to wait before each further try when the engine gave up; as many tries are made as there are waits.
    package var retryDelays: [Duration]
    /// The first and the longest wait when disk, share or ledger refuse; each wait is twice the one before.
    package var obstructionDelays: ClosedRange<Duration>
    /// How long one render may be refused by disk or share before it has failed. The ledger, a root that is away and
    /// room on a full disk are waited for however long it takes.
    package var giveUpAfter: Duration
    /// Bytes that have to be free on the work folder's disk before a render begins.
    package var minFree: UInt64
    /// After which time a render is told to be slow. The engine ends those that never come to their end.
    package var time: TimeLimits

    /// - Parameter retryDelays: long enough for a passing lack of memory, short enough that people don't wonder.
    package init(
        workers: Int, retryDelays: [Duration] = [.seconds(5), .seconds(30)],
        obstructionDelays: ClosedRange<Duration> = .seconds(1)...(.seconds(60)),
        giveUpAfter: Duration = .seconds(86_400),
        minFree: UInt64 = 0, time: TimeLimits = TimeLimits()
    ) {
        self.time = time
        self.giveUpAfter = giveUpAfter
        self.minFree = minFree
        self.workers = max(1, workers)
        self.retryDelays = retryDelays
        self.obstructionDelays = obstructionDelays
    }
}

package enum RenderEvent: Sendable {
    /// A worker is at it.
    case started(Pair)
    /// The pair has its outcome: `ok`, `rejected` or `failed`.
    case ended(Pair, RenderRecord)
    /// The engine gave up, and is asked again after a while.
    case failed(Pair, Problem, again: Duration)
    /// It can't go on now; it will be tried again. The reason in words; told once as long as it stays the same.
    case waiting(Pair, Obstruction)
    /// Nothing can begin for now; told once.
    case hindered(Phrase)
    /// The inbox is away: nothing begins until somebody says that it is back.
    case away(RootAway)
}

/// What the queue does at a moment.
package struct RenderQueueState: Sendable {
    package struct Running: Sendable {
        /// Who it is rendered for.
        package var pair: Pair
        package var progress: RenderProgress
        package var started: Date
        /// For how long the worker has been at it.
        package var time: Duration
        /// Since its last progress.
        package var silence: Duration
        /// It takes longer than such an audio should.
        package var isSlow: Bool
    }

    package var running: [Running]
    /// Renders and pairs that wait for their turn.
    package var queued: Int
    /// Pairs that can't go on now, with the reason.
    package var waiting: [Pair: Phrase]
}
