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
            let attempt = try await ledger.beginAttempt(key, at: date())
            tell(.started(pair))
            do {
                try await run(attempt, for: pair, read)
            } catch {
                await abandon(attempt, error)
                throw error
            }
        } catch is InputChanged {
            readAgain(schedule.end(key))
            await drop(key)
        } catch {
            obstruct(schedule.end(key), Obstruction(error, doing: Phrase("rendering", zh: "渲染")))
            await drop(key)
        }
    }

    private func run(_ attempt: AttemptRecord, for pair: Pair, _ read: PairInputs) async throws {
        let output = try work.create(attempt.output, mode: 0o644)
        let request = try read.request(in: inbox, output: output)
        let outcome = await outcome(of: request, attempt.render, for: pair)
        switch outcome {
        case .ok(let facts):
            guard read.areUnchanged(in: inbox) else { throw InputChanged() }
            guard try output.status().signature.size == facts.bytes else {
                return try await fail(
                    attempt, .badResult(Phrase("it is not the one that was checked", zh: "与已检查的文件不同")))
            }
            try await keep(output, of: attempt)
            finish(schedule.end(attempt.render), try await ledger.end(attempt, .ok(facts), at: date()))
        case .rejected(let problem):
            guard read.areUnchanged(in: inbox) else { throw InputChanged() }
            let render = try await ledger.end(attempt, .rejected(problem), at: date())
            try? work.remove(attempt.output)
            finish(schedule.end(attempt.render), render)
        case .failed(let problem):
            try await fail(attempt, problem)
        case .interrupted:
            _ = try await ledger.end(attempt, .handedBack, at: date())
            try? work.remove(attempt.output)
            if !schedule.requeue(attempt.render, isDelayed: false) { await drop(attempt.render) }
        }
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
    private func keep(_ output: OpenFile, of attempt: AttemptRecord) async throws {
        let work = work
        try await offPool {
            try output.sync()
            try work.replace(WorkFolder.video(attempt.render), with: attempt.output)
            try work.sync()
        }
    }

    private func fail(_ attempt: AttemptRecord, _ problem: Problem) async throws {
        let key = attempt.render
        let failures = try await ledger.render(key)?.failures ?? 0
        let delay = failures < settings.retryDelays.count ? settings.retryDelays[failures] : nil
        let render = try await ledger.end(attempt, .failed(problem, isLast: delay == nil), at: date())
        try? work.remove(attempt.output)
        guard let delay else { return finish(schedule.end(key), render) }
        let pairs = schedule.jobs[key]?.pairs ?? []
        guard schedule.requeue(key, isDelayed: true) else { return await drop(key) }
        if let pair = pairs.first { tell(.failed(pair, problem, again: delay)) }
        retry(key, after: delay)
    }

    private func abandon(_ attempt: AttemptRecord, _ error: any Error) async {
        try? work.remove(attempt.output)
        let end: AttemptEnd = error is InputChanged ? .discarded : .obstructed("\(error)")
        // an attempt that even the ledger can't end counts as interrupted at the next start
        _ = try? await ledger.end(attempt, end, at: date())
    }
}
