package import Batch
package import Disk
package import Foundation
package import Render
import SystemPackage
import Watch
import Words

/// Renders what is wanted, at most so many at once, each content only once.
///
/// Renders are known by their content, so a pair whose video is there already ends at once, and pairs with the same
/// content share one render. What can't go on because disk, share or ledger refuse waits and is tried again.
package actor RenderQueue {
    let ledger: Ledger
    package nonisolated let inbox: Root
    let work: Folder
    let engine: any Engine
    let settings: RenderQueueSettings
    let clock: any Clock<Duration>
    /// Since the queue was made.
    let elapsed: @Sendable () -> Duration
    let date: @Sendable () -> Date

    /// For one reader; ends when `run` ends.
    package nonisolated let events: AsyncStream<RenderEvent>
    private let send: AsyncStream<RenderEvent>.Continuation
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    var schedule = RenderSchedule()
    /// Pairs that are wanted and have no outcome, with their place in the queue.
    var orders: [Pair: RenderSchedule.Order] = [:]
    var outcomes: [Pair: RenderRecord] = [:]
    private var inputs: [Pair: PairInputs] = [:]
    var obstructions: [Pair: Wait] = [:]
    private var batches: [BatchFolder: (age: UInt64, pairs: Int)] = [:]
    private var nextNumber: UInt64 = 0
    var toRead = PairLine()
    var reads = 0
    private var toWait: [Work] = []
    var workers: [String: Worker] = [:]
    /// The inbox is away: nothing new begins.
    var isPaused = false
    /// Frees what it can on the work folder's disk.
    var makeRoom: (@Sendable () async -> Void)?
    /// Too little room was left at the last look.
    var isShort = false

    /// What runs for a render.
    struct Worker {
        let pair: Pair
        let started: Date
        let begun: Duration
        let task: Task<RenderOutcome, Never>
        let progress: ProgressNote
    }

    /// Hashing keeps a disk and a core busy; two at a time let one wait for the disk while the other counts.
    private static let readLimit = 2

    /// One child task of `run`.
    private enum Work: Sendable {
        case read(Pair)
        case render(String)
        case retry(String, after: Duration)
        case readAgain(Pair, after: Duration)
    }

    /// - Parameters:
    ///   - work: holds the finished videos; a local folder of ours.
    ///   - clock: for waits.
    ///   - date: for the times in ledger and CSV.
    package init(
        ledger: Ledger, inbox: Root, work: Folder, engine: any Engine, settings: RenderQueueSettings,
        clock: any Clock<Duration> = IdleClock(), date: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.ledger, self.inbox, self.work, self.engine) = (ledger, inbox, work, engine)
        (self.settings, self.clock, self.date) = (settings, clock, date)
        elapsed = Self.stopwatch(clock)
        (events, send) = AsyncStream.makeStream()
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    private static func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let first = clock.now
        return { first.duration(to: clock.now) }
    }

    /// Works until the task is cancelled. What runs then is handed back, which counts against nothing.
    ///
    /// - Throws: when ledger or work folder can't be used at all.
    package func run() async throws {
        defer { send.finish() }
        try await recoverPatiently()
        wake.yield()
        await withDiscardingTaskGroup { group in
            for await _ in wakes {
                while let work = nextWork() { group.addTask { await self.perform(work) } }
            }
        }
    }

    /// Wants the video of a pair; its end comes as an event, also when it is known already.
    package func submit(_ pair: Pair) {
        guard orders[pair] == nil, outcomes[pair] == nil else { return }
        nextNumber += 1
        var batch = batches[pair.folder] ?? (age: nextNumber, pairs: 0)
        batch.pairs += 1
        batches[pair.folder] = batch
        orders[pair] = RenderSchedule.Order(batch: batch.age, number: nextNumber)
        toRead.append(pair)
        wake.yield()
    }

    /// Nobody needs the pair any more: its render is ended, or its outcome forgotten.
    package func withdraw(_ pair: Pair) async {
        guard orders.removeValue(forKey: pair) != nil || outcomes.removeValue(forKey: pair) != nil else { return }
        inputs[pair] = nil
        obstructions[pair] = nil
        if var batch = batches[pair.folder] {
            batch.pairs -= 1
            batches[pair.folder] = batch.pairs > 0 ? batch : nil
        }
        switch schedule.remove(pair) {
        case .nothing: break
        case .cancel(let key): workers[key]?.task.cancel()
        case .drop(let key): await drop(key)
        }
    }

    /// The outcome of a pair that has ended and was not withdrawn.
    package func outcome(of pair: Pair) -> RenderRecord? { outcomes[pair] }

    /// - Parameter makeRoom: called when too little is free on the work folder's disk.
    package func whenShort(_ makeRoom: @escaping @Sendable () async -> Void) { self.makeRoom = makeRoom }

    /// Begins nothing new until `resume`; what runs goes on.
    package func pause() { isPaused = true }

    package func resume() {
        isPaused = false
        wake.yield()
    }

    /// A disk that is full at the start may have room later.
    private func recoverPatiently() async throws {
        var refusals = 0
        while !Task.isCancelled {
            do { return try await recover() } catch {
                guard error.canPass else { throw error }
                let words = Obstruction(error, doing: Phrase("looking into the work folder", zh: "查看工作文件夹")).phrase
                if refusals == 0 { tell(.hindered(words)) }
                try? await clock.sleep(for: settings.obstructionDelays.wait(after: refusals))
                refusals += 1
            }
        }
    }

    private func recover() async throws {
        try work.makeFolder(WorkFolder.attempts, mode: 0o755)
        _ = try await ledger.recoverRenders(at: date())
        for entry in try work.entries(of: WorkFolder.attempts) where entry.kind == .regular {
            try work.remove(WorkFolder.attempts.appending(entry.name))
        }
    }

    private func nextWork() -> Work? {
        if let wait = toWait.popLast() { return wait }
        guard !isPaused else { return nil }
        while reads < Self.readLimit, let pair = toRead.next() {
            // withdrawn meanwhile
            guard orders[pair] != nil else { continue }
            reads += 1
            return .read(pair)
        }
        return schedule.start(limit: settings.workers).map(Work.render)
    }

    private func perform(_ work: Work) async {
        switch work {
        case .read(let pair):
            await read(pair)
            reads -= 1
        case .render(let key): await render(key)
        case .retry(let key, let delay):
            try? await clock.sleep(for: delay)
            schedule.delayEnded(key)
        case .readAgain(let pair, let delay):
            try? await clock.sleep(for: delay)
            if orders[pair] != nil { toRead.append(pair) }
        }
        wake.yield()
    }

    /// Finds out what a pair's content is, and whether its video is there already.
    private func read(_ pair: Pair) async {
        do {
            let read = try await ledger.inputs(of: pair, in: inbox)
            let content = read.content(engine.identity)
            let render = try await known(content)
            guard let order = orders[pair] else { return await dropUnlessNeeded(render) }
            inputs[pair] = read
            if obstructions[pair]?.stage == .reading { obstructions[pair] = nil }
            if render.state.isOutcome {
                finish([pair], render)
            } else {
                schedule.add(pair, content, key: render.key, order: order)
            }
        } catch {
            // the whole service ends
            guard !Task.isCancelled else { return }
            await obstruct([pair], Obstruction(error, doing: Self.reading(pair)), at: .reading)
        }
    }

    private static func reading(_ pair: Pair) -> Phrase {
        Phrase("reading \(pair.audio) and \(pair.avatar)", zh: "读取 \(pair.audio) 和 \(pair.avatar)")
    }

    /// Withdrawn while it was being read.
    private func dropUnlessNeeded(_ render: RenderRecord) async {
        if schedule.jobs[render.key] == nil && !render.state.isOutcome { await drop(render.key) }
    }

    func finish(_ pairs: [Pair], _ render: RenderRecord) {
        for pair in pairs where orders.removeValue(forKey: pair) != nil {
            var own = render
            own.problem = render.problem?.naming(filesOf: pair)
            outcomes[pair] = own
            obstructions[pair] = nil
            send.yield(.ended(pair, own))
        }
    }

    func tell(_ event: RenderEvent) { send.yield(event) }

    func readAgain(_ pairs: [Pair]) { for pair in pairs { toRead.append(pair) } }

    func retry(_ key: String, after delay: Duration) { toWait.append(.retry(key, after: delay)) }

    func readAgain(_ pair: Pair, after delay: Duration) { toWait.append(.readAgain(pair, after: delay)) }

    func inputs(of pair: Pair) -> PairInputs? { inputs[pair] }

    /// Queued in the ledger, unless it has an outcome; a video that is not there any more is no outcome.
    func known(_ content: RenderContent) async throws -> RenderRecord {
        let render = try await ledger.queueRender(content, at: date())
        guard render.state == .ok else { return render }
        let status = try? work.status(of: WorkFolder.video(render.key))
        if let status, status.kind == .regular, status.signature.size == render.facts?.bytes { return render }
        return try await ledger.requeueRender(render.key, at: date())
    }

    /// A drop that the ledger refuses is made up for by the next start.
    func drop(_ key: String) async { try? await ledger.dropRender(key) }
}

extension Problem {
    /// Equal files share a render, and its sentence names the one that came first: told of the pair's own.
    fileprivate func naming(filesOf pair: Pair) -> Problem {
        guard let name = values["file"]?.en, let role = Inbox.half(at: FilePath(name))?.half.role else { return self }
        // a video may be listed as an audio: then the name alone does not tell which one is meant
        let own = [pair.audio, pair.avatar].filter { Inbox.half(at: FilePath($0.ownName))?.half.role == role }
        guard own.count == 1, let path = own.first, path.ownName != name else { return self }
        var problem = self
        problem.values["file"] = Phrase(verbatim: path.ownName)
        return problem
    }
}

extension FilePath {
    fileprivate var ownName: String { lastComponent?.string ?? "" }
}

extension RenderState {
    var isOutcome: Bool {
        switch self {
        case .ok, .rejected, .failed: true
        case .queued, .running, .dropped: false
        }
    }
}
