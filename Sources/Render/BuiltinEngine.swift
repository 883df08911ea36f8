import Disk
import Synchronization
import Words

/// The engine that comes with HeyGemWatch: one worker renders, a fresh one checks what it made.
package struct BuiltinEngine: Engine {
    package let identity: EngineIdentity

    private let worker: WorkerProcess
    private let models: WorkerJob.Models
    private let life: WorkerJob.Life
    private let limits: WorkerJob.Limits
    private let notebooks: NotebookShelf?
    private let note: @Sendable (WorkerJob.Task, WorkerEnd) -> Void

    /// - Parameters:
    ///   - life: blinks and head motion of stills.
    ///   - limits: of the inputs and the video; the worker's bounds follow them.
    ///   - notebooks: of video avatars; without it each render looks for their faces anew.
    ///   - note: told of every worker's end, for the log.
    package init(
        worker: WorkerProcess, models: WorkerJob.Models, life: WorkerJob.Life = .calm,
        limits: WorkerJob.Limits = WorkerJob.Limits(), notebooks: NotebookShelf? = nil,
        note: @escaping @Sendable (WorkerJob.Task, WorkerEnd) -> Void = { _, _ in }
    ) {
        var worker = worker
        worker.bounds.longestAudio = limits.audioSeconds
        worker.bounds.memoryBytes = max(worker.bounds.memoryBytes, Int64(clamping: limits.memoryBytes))
        self.worker = worker
        self.models = models
        self.life = life
        self.notebooks = notebooks
        // the wall clock is to end it, not this: decoder, painter and encoder use about four cores at most
        let longest = worker.bounds.time.hard(audio: limits.audioSeconds).components.seconds
        var limits = limits
        limits.cpuSeconds = max(limits.cpuSeconds, 4 * UInt64(clamping: longest))
        self.limits = limits
        let background = limits.background.uppercased()
        identity = EngineIdentity(
            name: "builtin", version: "2",
            settings: "quality=\(limits.quality.rawValue) \(life.words) height=\(limits.height) "
                + "background=\(background)")
        self.note = note
    }

    package func render(
        _ request: RenderRequest, progress: @escaping @Sendable (RenderProgress) -> Void
    ) async -> RenderOutcome {
        var files = WorkerFiles()
        let task = WorkerJob.Task.render(
            audio: files.add(request.audio), avatar: files.add(request.avatar),
            points: request.points.map { files.add($0) }, output: files.add(request.output, name: "result.mp4"))
        let loan = notebooks?.lend(for: request, height: limits.height)
        let notebook = loan.map { loan in
            WorkerJob.Notebook(
                known: loan.known.map { files.add($0, name: "known.face") },
                fresh: files.add(loan.fresh, name: "fresh.face"))
        }
        let checker = Checker(worker: worker, output: request.output)
        let end = await run(task, notebook: notebook, files: files) { made in
            // it starts while the encoder empties
            if made.frame > 0, made.frame == made.frames { checker.getReady() }
            progress(made)
        }
        switch end {
        case .done(let result):
            let outcome = await check(with: checker, against: result)
            if case .ok = outcome, let loan { await OwnThread.run { [notebooks] in notebooks?.take(loan) } }
            return outcome
        case .rejected(let problem): return .rejected(problem)
        case .failed(let problem): return .failed(problem)
        case .interrupted: return .interrupted
        }
    }

    /// A worker that a media file took over could claim anything: another process, which never saw the inputs, looks.
    private func check(with checker: Checker, against rendered: WorkerResult) async -> RenderOutcome {
        let task = WorkerJob.Task.check(video: checker.video, seconds: rendered.audioSeconds)
        switch await run(task, files: checker.files, on: checker.waiting) {
        case .done(let result):
            guard var facts = result.facts else {
                return .failed(.badResult(Phrase("it could not be read", zh: "无法读取")))
            }
            facts.note = rendered.note
            return .ok(facts)
        case .rejected(let problem), .failed(let problem): return .failed(problem)
        case .interrupted: return .interrupted
        }
    }

    private func run(
        _ task: WorkerJob.Task, notebook: WorkerJob.Notebook? = nil, files: WorkerFiles,
        on waiting: WaitingWorker? = nil,
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) async -> WorkerAnswer {
        var job = WorkerJob(task: task, life: life, models: models, limits: limits)
        job.notebook = notebook
        let end = await worker.run(job, files: files, on: waiting, progress: progress)
        note(task, end)
        return end.answer
    }
}

/// The worker that will look at what another makes.
private final class Checker: Sendable {
    let files: WorkerFiles
    let video: WorkerJob.File
    private let worker: WorkerProcess
    private let started = Mutex<WaitingWorker?>(nil)

    init(worker: WorkerProcess, output: OpenFile) {
        var files = WorkerFiles()
        video = files.add(output, name: "result.mp4")
        self.files = files
        self.worker = worker
    }

    /// However often it is said, one is started.
    func getReady() {
        started.withLock { if $0 == nil { $0 = worker.start(files: files) } }
    }

    /// Nil when nobody said that it was time.
    var waiting: WaitingWorker? { started.withLock { $0 } }
}
