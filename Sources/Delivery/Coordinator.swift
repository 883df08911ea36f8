package import Batch
import Disk
package import Foundation
package import Logging
import Render
import SystemPackage
package import Watch
package import Words

/// The loop that joins the parts: what Watch sees goes into the pure rules, and what those want goes to the render
/// queue and the publisher.
///
/// The rules live in this actor, so that events are taken one after the other. It decides nothing itself.
package actor Coordinator {
    package struct Parts: Sendable {
        package var watcher: Watcher
        package var queue: RenderQueue
        package var publisher: Publisher
        /// nil: videos stay for ever.
        package var janitor: Janitor?
        /// nil: what was delivered stays for ever.
        package var retention: Retention?
        /// What else is tidied once a day.
        package var tidyDaily: (@Sendable () -> Void)?
        /// Where commands knock; nil: their requests are taken at the start only.
        package var requests: RequestFolder?
        package var logger: Logger
        /// How long a folder has to rest, by the name of the inbox's file system; nil: as the rules say, wherever it lies.
        package var folderQuiet: (@Sendable (_ fileSystem: String) -> Duration)?

        package init(
            watcher: Watcher, queue: RenderQueue, publisher: Publisher, janitor: Janitor? = nil,
            retention: Retention? = nil, tidyDaily: (@Sendable () -> Void)? = nil, requests: RequestFolder? = nil,
            logger: Logger, folderQuiet: (@Sendable (_ fileSystem: String) -> Duration)? = nil
        ) {
            self.watcher = watcher
            self.queue = queue
            self.publisher = publisher
            self.janitor = janitor
            self.retention = retention
            self.tidyDaily = tidyDaily
            self.requests = requests
            self.logger = logger
            self.folderQuiet = folderQuiet
        }
    }

    let parts: Parts
    let patterns: [NamePattern]
    let language: Language
    let manifests: ManifestReader
    let notes: ErrorNotes
    let clock: any Clock<Duration>
    let date: @Sendable () -> Date
    /// Ends by itself when nothing is left to do.
    let isOnce: Bool
    let running: @Sendable () -> Duration

    var rules: Inbox
    var instants = EventInstants()
    var facts = CoordinatorFacts()
    /// What is to be done, one thing after the other.
    let steps = AsyncStream<Step>.makeStream()
    var stepsUnderWay = 0
    /// Closed batches to be delivered.
    let deliveries = AsyncStream<Delivery>.makeStream()
    /// What is done beside all that, each in its own time.
    let chores = AsyncStream<Chore>.makeStream()
    /// When the next tick is due; only an earlier one needs another alarm.
    var alarm: Duration?
    let alarms = AsyncStream<Duration>.makeStream()
    /// Files to be compared with what their batch's list says.
    let checks = AsyncStream<Checking>.makeStream()
    /// Somebody may have asked for something.
    let knocks = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let rest = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    /// What makes the service useless as a whole.
    let failure = AsyncStream<RootAway>.makeStream()
    private let statusChange = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Something that `status` shows has changed; for one reader.
    package nonisolated var statusChanges: AsyncStream<Void> { statusChange.stream }

    /// - Parameters:
    ///   - rules: how long batches wait, and what their markers are called.
    ///   - language: of reasons in status, notes and log.
    ///   - isOnce: `run --once`.
    package init<C: Clock<Duration>>(
        parts: Parts, rules: BatchRules, language: Language = .en, isOnce: Bool, clock: C = IdleClock(),
        date: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.parts = parts
        self.rules = Inbox(rules: rules)
        self.language = language
        self.isOnce = isOnce
        self.clock = clock
        self.date = date
        patterns = rules.patterns
        manifests = ManifestReader(inbox: parts.queue.inbox, engines: [parts.queue.engine.identity.name])
        notes = ErrorNotes(
            inbox: parts.publisher.inboxRoot, outbox: parts.publisher.outboxRoot, language: language,
            logger: parts.logger)
        let first = clock.now
        running = { first.duration(to: clock.now) }
    }

    var ledger: Ledger { parts.publisher.ledger }

    /// Works until the task is cancelled or, with `--once`, until nothing is left to do.
    ///
    /// What runs at the end is handed back. Throws what makes the service useless as a whole.
    package func run() async throws {
        await lookForRoots()
        await parts.queue.whenShort { [weak self] in await self?.sweep() }
        try await resumeDeliveries()
        try await restoreHolds()
        let works: [@Sendable () async throws -> Void] = [
            { await self.parts.watcher.run() }, { try await self.parts.queue.run() },
            { await self.readWatcher() }, { await self.readQueue() }, { await self.readPublisher() },
            { await self.act() }, { await self.tick() }, { await self.deliver() }, { await self.doChores() },
            { await self.hearKnocks() }, { await self.takeRequests() }, { await self.checkFiles() },
        ]
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for work in works {
                group.addTask {
                    try await work()
                    return false
                }
            }
            group.addTask { [rest] in
                for await _ in rest.stream { return true }
                return false
            }
            group.addTask { [failure] in
                for await away in failure.stream { throw away }
                return false
            }
            // the first true is the end of `--once`; the works end when the task is cancelled
            while let isDone = try await group.next() {
                if isDone { break }
            }
            group.cancelAll()
        }
    }

    /// Tells that something changed, and ends `--once` when nothing is left to do.
    func changed() {
        statusChange.continuation.yield()
        let isResting =
            facts.away.isEmpty && facts.hasScanned && rules.isResting && stepsUnderWay == 0 && facts.delivering.isEmpty
            && facts.hasTakenRequests && facts.retries.isEmpty && facts.lookedAt.isEmpty
        if isOnce && isResting { rest.continuation.yield() }
    }

    func reports() -> [BatchReport] { rules.report(now: elapsed()) }
}

extension Coordinator {
    /// One thing to be done after the one before.
    enum Step: Sendable {
        /// What the rules want, with what is frozen of a batch that closes.
        case rules(InboxAction, frozen: [FilePath: FileSignature])
        /// Notes of earlier runs go unless something calls for them.
        case clearNotes([FilePath])
        case clearNotesInOutbox
        /// A kept file is another now, or gone.
        case forgetKept(FilePath)
        /// Notes that could not be written or removed are tried again.
        case settleNotes
    }

    /// Something that is done beside the rest, after a while.
    struct Chore: Sendable {
        let delay: Duration
        let work: @Sendable (Coordinator) async -> Void
    }

    /// For what could not be told now.
    func tellChange(after delay: Duration) {
        // one wait for all
        guard !facts.isChangeDue else { return }
        facts.isChangeDue = true
        later(delay) { await $0.tellChange() }
    }

    private func tellChange() {
        facts.isChangeDue = false
        changed()
    }

    func later(_ delay: Duration, _ work: @escaping @Sendable (Coordinator) async -> Void) {
        chores.continuation.yield(Chore(delay: delay, work: work))
    }

    func doChores() async {
        await withDiscardingTaskGroup { group in
            for await chore in chores.stream {
                group.addTask {
                    // cancelled: the whole service ends
                    if chore.delay > .zero {
                        guard (try? await self.clock.sleep(for: chore.delay)) != nil else { return }
                    }
                    await chore.work(self)
                }
            }
        }
    }

    func add(_ step: Step) {
        stepsUnderWay += 1
        steps.continuation.yield(step)
    }

    /// First and longest wait when disk, share or ledger refuse: soon enough for a hiccup, rare enough for a night.
    private static let delays = Duration.seconds(1)...(.seconds(60))

    /// - Parameter refusals: those so far.
    static func delay(_ refusals: Int) -> Duration {
        delays.wait(after: refusals)
    }
}
