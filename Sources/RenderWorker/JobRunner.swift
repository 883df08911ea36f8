import Render
import TalkingHead
import Words

/// Does one job; each task in a few lines, the work is TalkingHead's.
struct JobRunner {
    let limits: MediaLimits
    /// Only for jobs that look for a face.
    let finder: FaceFinder?
    /// Only for jobs that move a still's head.
    let persons: PersonFinder?
    let job: WorkerJob

    /// Loads the libraries and models that the job needs.
    init(_ job: WorkerJob) throws(Problem) {
        self.job = job
        var limits = MediaLimits(height: job.limits.height)
        limits.soundSeconds = job.limits.audioSeconds
        limits.background = BackgroundColour(hex: job.limits.background) ?? .lightGray
        self.limits = limits
        if job.needsFilters { FilterLibrary.prepare() }
        (finder, persons) = try Self.models(for: job)
        if job.needsFilters { try FilterLibrary.load() }
    }

    private static func models(for job: WorkerJob) throws(Problem) -> (FaceFinder?, PersonFinder?) {
        guard let models = job.models, job.looksForFaces || job.movesHeads else { return (nil, nil) }
        let library = try LiteRTLibrary(path: models.library)
        let finder = job.looksForFaces ? try FaceFinder(library: library, models: models.folder) : nil
        let persons = job.movesHeads ? try PersonFinder(library: library, models: models.folder) : nil
        return (finder, persons)
    }

    func run() throws(Problem) -> WorkerResult {
        let result = try work()
        try syncOutputs()
        return result
    }

    private func work() throws(Problem) -> WorkerResult {
        switch job.task {
        case .render(let audio, let avatar, let points, let output): try render(audio, avatar, points, output)
        case .check(let video, let seconds): try check(video, seconds)
        case .mouth(let audio, let output): try mouth(audio, output)
        case .face(let picture, let points, let drawing, let sidecar): try face(picture, points, drawing, sidecar)
        case .sheet(let videos, let frames, let output): try sheet(videos, frames, output)
        case .selfTest: WorkerResult(attempts: SelfTest.attempts())
        }
    }

    /// Results outlive a power cut before they are said to be there.
    private func syncOutputs() throws(Problem) {
        let outputs: [WorkerJob.File] =
            switch job.task {
            case .render(_, _, _, let output), .mouth(_, let output), .sheet(_, _, let output): [output]
            case .face(_, _, let drawing, let sidecar): [drawing, sidecar]
            case .check, .selfTest: []
            }
        for output in outputs { try OutputFile(descriptor: output.descriptor).sync() }
    }
}

extension WorkerJob {
    /// Points that come with the avatar spare looking.
    fileprivate var looksForFaces: Bool {
        switch task {
        case .render(_, _, let points, _), .face(_, let points, _, _): points == nil
        case .check, .mouth, .sheet, .selfTest: false
        }
    }

    fileprivate var needsFilters: Bool {
        switch task {
        case .render(_, let avatar, _, _): MediaFormat.role(ofName: avatar.name) == .video
        // the self-test shows that it can be loaded
        case .sheet, .selfTest: true
        case .check, .face, .mouth: false
        }
    }

    fileprivate var movesHeads: Bool {
        guard case .render(_, let avatar, _, _) = task, life.level != .off else { return false }
        return MediaFormat.role(ofName: avatar.name) == .still && life.headMotion + life.breathing > 0
    }
}
