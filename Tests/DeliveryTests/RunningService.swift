import Batch
import Delivery
import Disk
import Foundation
import Logging
import Render
import Synchronization
import SystemPackage
import Testing
import Watch
import Words

/// The whole service but for its engine: a real watcher, ledger and publisher on a scene's folders.
struct RunningService: Sendable {
    /// How a service is set up. With a virtual clock the times are the real ones, else they are short.
    struct Options: Sendable {
        var engine = StubEngine()
        var isOnce = false
        var clock: VirtualClock?
        var rules: BatchRules?
        var publishing = PublisherSettings()
        var language = Language.en
        /// When the virtual clock begins.
        var begin = Scene.date
        var giveUpAfter = Duration.seconds(86_400)
        /// May refuse changes.
        var inbox: Refusal?
        var outbox: Refusal?
        var log = TestLog()
    }

    let coordinator: Coordinator
    let ledger: Ledger
    let requests: RequestFolder
    private let scene: Scene
    private let options: Options
    private let pulse = Pulse()

    init(_ scene: Scene, _ engine: StubEngine = StubEngine(), isOnce: Bool = false, outbox: Refusal? = nil) throws {
        try self.init(scene, Options(engine: engine, isOnce: isOnce, outbox: outbox))
    }

    init(_ scene: Scene, _ options: Options) throws {
        self.scene = scene
        self.options = options
        ledger = try scene.ledger()
        requests = try RequestFolder(state: try scene.folder("state"))
        if let clock = options.clock {
            let date = { @Sendable in options.begin.addingTimeInterval(clock.now.offset / .seconds(1)) }
            coordinator = try Self.coordinator(scene, options, ledger, requests, BatchRules(), clock, date)
        } else {
            let rules = BatchRules(folderQuiet: .milliseconds(30), lateGrace: .milliseconds(60))
            coordinator = try Self.coordinator(scene, options, ledger, requests, rules, ContinuousClock()) { Date() }
        }
    }

    private static func coordinator(
        _ scene: Scene, _ options: Options, _ ledger: Ledger, _ requests: RequestFolder, _ rules: BatchRules,
        _ clock: some Clock<Duration>, _ date: @escaping @Sendable () -> Date
    ) throws -> Coordinator {
        let rules = options.rules ?? rules
        let (inbox, work) = (try scene.root("inbox", options.inbox), try scene.folder("state/work"))
        var watching = WatchSettings()
        // a day has fewer looks to live through then
        if options.clock == nil { watching.settle = .milliseconds(20) } else { watching.rescan = .seconds(3600) }
        watching.isOwnFile = { path in
            path.lastComponent.map { Inbox.isOwnNote($0, patterns: rules.patterns) } ?? false
        }
        let parts = Coordinator.Parts(
            watcher: Watcher(root: inbox, settings: watching, clock: clock),
            queue: RenderQueue(
                ledger: ledger, inbox: inbox, work: work, engine: options.engine,
                settings: RenderQueueSettings(workers: 2, giveUpAfter: options.giveUpAfter), clock: clock, date: date),
            publisher: Publisher(
                ledger: ledger, inbox: inbox, outbox: try scene.root("outbox", options.outbox), work: work,
                settings: options.publishing, clock: clock, date: date),
            janitor: Janitor(ledger: ledger, work: work, date: date), requests: requests,
            logger: options.log.logger)
        return Coordinator(
            parts: parts, rules: rules, language: options.language, isOnce: options.isOnce, clock: clock, date: date)
    }

    /// Runs until it ends by itself.
    func run() async throws {
        try await coordinator.run()
        try ledger.close()
    }

    /// Runs while `body` works with it, then ends it in order.
    func whileRunning(_ body: () async throws -> Void) async throws {
        let running = Task { try await coordinator.run() }
        let counting = Task { [pulse] in
            guard options.clock != nil else { return }
            for await _ in coordinator.statusChanges { pulse.beat() }
        }
        var failure: (any Error)?
        do { try await body() } catch { failure = error }
        running.cancel()
        counting.cancel()
        // how it ends is not what is looked at
        _ = await running.result
        try ledger.close()
        if let failure { throw failure }
    }

    var status: ServiceStatus {
        get async { await coordinator.status(process: 1, started: Scene.date) }
    }

    /// Returns when the status is as wanted; the test's time limit bounds it.
    func wait(until isReached: (ServiceStatus) -> Bool) async {
        for await _ in coordinator.statusChanges {
            if isReached(await status) { return }
        }
    }

    /// Lets time pass, from one thing that somebody waits for to the next, until the status is as wanted.
    ///
    /// - Parameter limit: records an issue when it takes longer.
    func live(
        within limit: Duration = .seconds(600), _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, until isReached: (ServiceStatus) throws -> Bool
    ) async throws {
        guard let clock = options.clock else { return }
        let begin = clock.now
        let end = begin.advanced(by: limit)
        while !(try isReached(await status)) {
            // what is under way by real time goes first, and at the end gets a last chance
            if await hasChanged(isLast: clock.now >= end) { continue }
            guard clock.now < end else {
                let text = await status.text(isRunning: true, timeZone: .gmt)
                Issue.record("not within \(limit): \(comment ?? "")\n\(text)", sourceLocation: sourceLocation)
                throw Scene.Nothing()
            }
            await jump(clock, from: begin, to: end)
        }
    }

    /// Lets so much time pass whatever happens.
    func live(for time: Duration) async throws {
        guard let clock = options.clock else { return }
        let begin = clock.now
        let end = begin.advanced(by: time)
        while true {
            if await hasChanged() { continue }
            guard clock.now < end else { return }
            await jump(clock, from: begin, to: end)
        }
    }

    /// To the next thing that somebody waits for, in steps that grow with the time: what goes on by real time, such as
    /// events on their way, may be about to wait for something sooner.
    private func jump(_ clock: VirtualClock, from begin: VirtualClock.Instant, to end: VirtualClock.Instant) async {
        let longest = max(.seconds(1), begin.duration(to: clock.now) / 8)
        let step = await isAtWork ? min(longest, .seconds(5)) : longest
        clock.jump(atMost: min(step, clock.now.duration(to: end)))
    }

    /// Renders, retries or deliveries are under way.
    private var isAtWork: Bool {
        get async {
            let now = await status
            return now.queued > 0 || !now.delivering.isEmpty || !now.retries.isEmpty
        }
    }

    /// Returns early when something has changed. Waits longer while something is at work.
    private func hasChanged(isLast: Bool = false) async -> Bool {
        let (before, isAtWork) = (pulse.count, await isAtWork)
        for _ in 0..<(isLast ? 400 : isAtWork ? 20 : 6) {
            if pulse.count != before { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return pulse.count != before
    }

    /// Drops files into the inbox and waits until the watcher has seen them all, while time stands still.
    func drop(_ files: KeyValuePairs<String, String>) async throws {
        let before = await status.batches.reduce(0) { $0 + $1.copying }
        for (path, text) in files { try scene.put(text, "inbox/\(path)") }
        while await status.batches.reduce(0, { $0 + $1.copying }) < before + files.count, !Task.isCancelled {
            _ = await hasChanged()
        }
    }

    /// Asks as a command does, and waits for an answer.
    func ask(_ kind: Request.Kind, until state: RequestAnswer.State? = nil) async throws -> RequestAnswer {
        let id = try await ledger.ask(Request(kind, who: "eva", at: Scene.date))
        try requests.knock()
        let answer = try await requests.answer(of: id, in: ledger, within: .seconds(20)) {
            state == nil || $0.state == state
        }
        return try #require(answer)
    }
}

/// Counts changes of the status.
private final class Pulse: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }

    func beat() { value.withLock { $0 += 1 } }
}
