import Batch
import Disk
import Render
import SystemPackage
import Words

/// One attempt at one render, from the commit of its number to that of its end.
extension RenderQueue {
    func render(_ key: String) async {
        do {
            guard let job = schedule.jobs[key], let pair = job.pairs.first, let read = inputs(of: pair) else {
                _ = schedule.end(key)
                return await drop(key)
            }
            let known = try await known(job.content)
            if known.state.isOutcome { return finish(schedule.end(key), known) }
            try await checkRoom()
            let attempt = try await ledger.beginAttempt(key, at: date())
            try await perform(attempt, for: pair, read)
        } catch is InputChanged {
            readAgain(schedule.end(key))
            await drop(key)
        } catch {
            // the whole service ends: the next start knows what was not finished
            guard !Task.isCancelled else { return }
            let obstruction = Obstruction(error, doing: Phrase("rendering", zh: "渲染"))
            await obstruct(schedule.end(key), obstruction, at: .rendering)
            await drop(key)
        }
    }

    private func perform(_ attempt: AttemptRecord, for pair: Pair, _ read: PairInputs) async throws {
        let request: RenderRequest
        do {
            let output = try work.create(attempt.output, mode: 0o644)
            // a share that hangs must not keep the others from being looked after
            request = try await offPool { [inbox] in try read.request(in: inbox.folder(), output: output) }
        } catch {
            await abandon(attempt, .notStarted("\(error)"))
            throw error
        }
        noteStarted(attempt.render)
        tell(.started(pair))
        do {
            try await run(request, attempt, for: pair, read)
        } catch {
            await abandon(attempt, error is InputChanged ? .discarded : .obstructed("\(error)"))
            throw error
        }
    }

    private func run(
        _ request: RenderRequest, _ attempt: AttemptRecord, for pair: Pair, _ read: PairInputs
    ) async throws {
        let key = attempt.render
        switch await outcome(of: request, key, for: pair) {
        case .ok(let facts):
            try await checkUnchanged(read, key)
            guard try request.output.status().signature.size == facts.bytes else {
                return try await fail(
                    attempt, .badResult(Phrase("it is not the one that was checked", zh: "与已检查的文件不同")))
            }
            var facts = facts
            facts.file = try await keep(request.output, of: attempt)
            finish(schedule.end(key), try await end(attempt, .ok(facts)))
        case .rejected(let problem):
            try await checkUnchanged(read, key)
            let render = try await end(attempt, .rejected(problem))
            try? work.remove(attempt.output)
            finish(schedule.end(key), render)
        case .failed(let problem):
            try await fail(attempt, problem)
        case .interrupted:
            _ = try await ledger.end(attempt, .handedBack, at: date())
            try? work.remove(attempt.output)
            if !schedule.requeue(key, isDelayed: false) { await drop(key) }
        }
    }

    private func checkUnchanged(_ read: PairInputs, _ key: String) async throws {
        let areUnchanged = try await insist(on: key) {
            try await offPool { [inbox] in try read.areUnchanged(in: inbox.folder()) }
        }
        guard areUnchanged else { throw InputChanged() }
    }

    private func end(_ attempt: AttemptRecord, _ end: AttemptEnd) async throws -> RenderRecord {
        try await insist(on: attempt.render) { try await ledger.end(attempt, end, at: date()) }
    }

    /// Runs the engine in a task of its own, which is cancelled when nobody needs the video or the service ends.
    private func outcome(of request: RenderRequest, _ key: String, for pair: Pair) async -> RenderOutcome {
        let engine = engine
        let progress = ProgressNote(elapsed: elapsed)
        let task = Task { await engine.render(request) { progress.note($0) } }
        workers[key] = Worker(pair: pair, started: date(), begun: elapsed(), task: task, progress: progress)
        defer { workers[key] = nil }
        // withdrawn before there was a task to cancel
        if schedule.jobs[key]?.pairs.isEmpty != false { task.cancel() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// The video gets its final name, on the disk, before the ledger says that it is there.
    private func keep(_ output: OpenFile, of attempt: AttemptRecord) async throws -> FileSignature {
        let work = work
        // what could not be stored once may be lost, whatever a second try says: then it is made again
        try await offPool { try output.sync() }
        try await insist(on: attempt.render) {
            try await offPool { try work.replace(WorkFolder.video(attempt.render), with: attempt.output) }
        }
        try await insist(on: attempt.render) { try await offPool { try work.sync() } }
        return try output.status().signature
    }

    private func fail(_ attempt: AttemptRecord, _ problem: Problem) async throws {
        let key = attempt.render
        let failures = try await insist(on: key) { try await ledger.render(key)?.failures ?? 0 }
        let delay = failures < settings.retryDelays.count ? settings.retryDelays[failures] : nil
        let render = try await end(attempt, .failed(problem, isLast: delay == nil))
        try? work.remove(attempt.output)
        guard let delay else { return finish(schedule.end(key), render) }
        let pairs = schedule.jobs[key]?.pairs ?? []
        guard schedule.requeue(key, isDelayed: true) else { return await drop(key) }
        if let pair = pairs.first { tell(.failed(pair, problem, again: delay)) }
        retry(key, after: delay)
    }

    private func abandon(_ attempt: AttemptRecord, _ end: AttemptEnd) async {
        try? work.remove(attempt.output)
        // one that the end of the service leaves open counts as interrupted at the next start
        _ = try? await self.end(attempt, end)
    }
}
