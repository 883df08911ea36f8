import Render
import TalkingHead
import Words

/// Does one job; each task in a few lines, the work is TalkingHead's.
struct JobRunner {
    let limits: MediaLimits
    /// Only for jobs that look for a face.
    let finder: FaceFinder?
    let job: WorkerJob

    /// Loads the library and models that the job needs.
    init(_ job: WorkerJob) throws(Problem) {
        self.job = job
        var limits = MediaLimits(height: job.limits.height)
        limits.soundSeconds = job.limits.audioSeconds
        limits.background = BackgroundColour(hex: job.limits.background) ?? .lightGray
        self.limits = limits
        finder = try Self.finder(for: job)
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

    private static func finder(for job: WorkerJob) throws(Problem) -> FaceFinder? {
        guard job.task.looksForFaces, let models = job.models else { return nil }
        return try FaceFinder(library: models.library, models: models.folder)
    }
}

extension WorkerJob.Task {
    /// Points that come with the avatar spare looking.
    fileprivate var looksForFaces: Bool {
        switch self {
        case .render(_, _, let points, _), .face(_, let points, _, _): points == nil
        case .check, .mouth, .sheet, .selfTest: false
        }
    }
}
