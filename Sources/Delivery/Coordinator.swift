package import Batch
import Disk
package import Foundation
package import Logging
import Render
import SystemPackage
package import Watch
import Words

/// The loop that joins the parts: what Watch sees goes into the pure rules, and what those want goes to the render
/// queue and the publisher.
///
/// The rules live in this actor, so that events are taken one after the other. It decides nothing itself.
package actor Coordinator {
    package struct Parts: Sendable {
        package var watcher: Watcher
        package var queue: RenderQueue
        package var publisher: Publisher
        package var logger: Logger

        package init(watcher: Watcher, queue: RenderQueue, publisher: Publisher, logger: Logger) {
            self.watcher = watcher
            self.queue = queue
            self.publisher = publisher
            self.logger = logger
        }
    }

    let parts: Parts
    let clock: any Clock<Duration>
    let date: @Sendable () -> Date
    /// Ends by itself when nothing is left to do.
    private let isOnce: Bool
    private let elapsed: @Sendable () -> Duration

    private var rules: Inbox
    private var instants = EventInstants()
    var facts = CoordinatorFacts()
    /// What the rules want, in their order, with what is frozen of a batch that closes.
    private let actions = AsyncStream<(InboxAction, frozen: [FilePath: FileSignature])>.makeStream()
    private var actionsUnderWay = 0
    /// Closed batches to be delivered.
    let deliveries = AsyncStream<Delivery>.makeStream()
    /// When the next tick is due; only an earlier one needs another alarm.
    private var alarm: Duration?
    private let alarms = AsyncStream<Duration>.makeStream()
    private let rest = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let statusChange = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Something that `status` shows has changed; for one reader.
    package nonisolated var statusChanges: AsyncStream<Void> { statusChange.stream }

    /// - Parameters:
    ///   - rules: how long batches wait.
    ///   - isOnce: `run --once`.
    package init<C: Clock<Duration>>(
        parts: Parts, rules: BatchRules, isOnce: Bool, clock: C = ContinuousClock(),
        date: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.parts = parts
        self.rules = Inbox(rules: rules)
        self.isOnce = isOnce
        self.clock = clock
        self.date = date
        let first = clock.now
        elapsed = { first.duration(to: clock.now) }
    }

    /// Works until the task is cancelled or, with `--once`, until nothing is left to do.
    ///
    /// What runs at the end is handed back. Throws what makes the service useless as a whole.
    package func run() async throws {
        try await resumeDeliveries()
        let works: [@Sendable () async throws -> Void] = [
            { try await self.parts.watcher.run() }, { try await self.parts.queue.run() },
            { await self.readWatcher() }, { await self.readQueue() },
            { await self.act() }, { await self.tick() }, { await self.deliver() },
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
        let isResting = facts.hasScanned && rules.isResting && actionsUnderWay == 0 && facts.delivering.isEmpty
        if isOnce && isResting { rest.continuation.yield() }
    }

    func reports() -> [BatchReport] { rules.report(now: elapsed()) }

    // MARK: Events

    private func readWatcher() async {
        for await event in parts.watcher.events {
            take(event)
            changed()
        }
    }

    private func take(_ event: WatchEvent) {
        switch event {
        case .unsettled(let path):
            // a frozen file that is looked at anew is news only when it settles with another content
            if facts.frozen[path] == nil { apply(.unsettled(path)) }
        case .settled(let path, let signature):
            if facts.noteSettled(path, signature) { apply(.settled(path)) }
        case .gone(let path):
            facts.noteGone(path)
            apply(.gone(path))
        case .ignored(let path, let reason):
            guard facts.ignored.updateValue(reason, forKey: path) == nil else { return }
            let level: Logger.Level = reason.isTold ? .info : .debug
            parts.logger.log(level: level, "left alone", metadata: ["file": "\(path)", "why": "\(reason.phrase.en)"])
        case .scanned:
            facts.hasScanned = true
        case .trouble(let words):
            facts.troubles.append(words)
            parts.logger.error("trouble", metadata: ["what": "\(words)"])
        case .troubleOver(let words):
            facts.troubles.removeAll { $0 == words }
            parts.logger.info("trouble is over", metadata: ["what": "\(words)"])
        }
    }

    private func readQueue() async {
        for await event in parts.queue.events {
            switch event {
            case .started(let pair):
                parts.logger.info("rendering", metadata: ["item": "\(pair.audio)", "avatar": "\(pair.avatar)"])
            case .ended(let pair, let render):
                logEnd(pair, render)
                facts.noteEnded(pair, render)
                apply(.ended(pair))
            case .waiting(let pair, let words):
                parts.logger.warning("waiting", metadata: ["item": "\(pair.audio)", "why": "\(words)"])
            }
            changed()
        }
    }

    private func logEnd(_ pair: Pair, _ render: RenderRecord) {
        if let problem = render.problem, render.state != .ok {
            parts.logger.warning("no video", metadata: ["item": "\(pair.audio)", "why": "\(problem.message)"])
        } else {
            parts.logger.info("rendered", metadata: ["item": "\(pair.audio)"])
        }
    }

    // MARK: Rules

    private func apply(_ event: InboxEvent) {
        var now = elapsed()
        if event == .tick {
            instants.end()
        } else {
            now = instants.instant(at: now, isFirstScan: !facts.hasScanned)
        }
        for action in rules.handle(event, now: now) {
            actionsUnderWay += 1
            var frozen: [FilePath: FileSignature] = [:]
            if case .close(let closing) = action { frozen = facts.freeze(closing.members) }
            actions.continuation.yield((action, frozen))
        }
        guard let deadline = rules.nextDeadline, alarm.map({ deadline < $0 }) ?? true else { return }
        alarm = deadline
        alarms.continuation.yield(deadline)
    }

    /// Gives the rules their tick at each deadline. A deadline that moved to later wakes once in vain.
    private func tick() async {
        await withDiscardingTaskGroup { group in
            for await alarm in alarms.stream {
                group.addTask {
                    // cancelled: the whole service ends
                    guard (try? await self.clock.sleep(for: max(.zero, alarm - self.elapsed()))) != nil else { return }
                    await self.ring(alarm)
                }
            }
        }
    }

    private func ring(_ rung: Duration) {
        if alarm == rung { alarm = nil }
        apply(.tick)
        changed()
    }

    /// Does what the rules want, one thing after the other: a batch closes only after its renders were asked for.
    private func act() async {
        for await (action, frozen) in actions.stream {
            switch action {
            case .render(let pair): await parts.queue.submit(pair)
            case .endRender(let pair):
                facts.bad.remove(pair)
                await parts.queue.withdraw(pair)
            case .close(let closing): await close(closing, frozen)
            }
            actionsUnderWay -= 1
            changed()
        }
    }
}
