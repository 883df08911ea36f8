import Disk
import Render
import SystemPackage

/// One worker for one task of the command line.
enum WorkerTasks {
    /// Runs it; what goes wrong becomes the command's failure.
    @discardableResult
    static func run(
        _ task: WorkerJob.Task, files: WorkerFiles, progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) async throws -> WorkerResult {
        let end = await WorkerProcess(program: Installation.worker)
            .run(WorkerJob(task: task, models: Installation.models), files: files, progress: progress)
        switch end.answer {
        case .done(let result): return result
        case .rejected(let problem), .failed(let problem): throw CommandFailure(problem)
        case .interrupted: throw CommandFailure(.failedInPart, "Interrupted.")
        }
    }

    /// A PNG with some frames of each video, one row a video.
    static func contactSheet(of videos: [(name: String, path: FilePath)], frames: Int, to sheet: FilePath) async throws
    {
        var files = WorkerFiles()
        var inputs: [WorkerJob.File] = []
        for video in videos {
            inputs.append(files.add(try UserFile.input(video.path.string).file, name: video.name))
        }
        try await UserFile.output(sheet.string, overwrite: true) { output in
            var files = files
            let target = files.add(output, name: sheet.lastComponent?.string ?? "sheet.png")
            try await run(.sheet(videos: inputs, frames: frames, output: target), files: files)
        }
    }
}
