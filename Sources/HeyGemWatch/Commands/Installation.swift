import Foundation
import Render
import SystemPackage

/// Where the worker and the face models lie: beside this program, as `make install` or the build puts them.
enum Installation {
    /// The folder of this program.
    static let programs = FilePath(
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path)

    static let worker = programs.appending("heygem-watch-render")

    /// LiteRT and its models: `../lib/heygem-watch` when installed, else the nearest `.models` upwards of the build.
    static let models: WorkerJob.Models? = {
        var candidates = [programs.removingLastComponent().appending("lib").appending("heygem-watch")]
        var folder = programs
        while folder.lastComponent != nil {
            candidates.append(folder.appending(".models"))
            folder = folder.removingLastComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0.appending(library).string) }
            .map { WorkerJob.Models(library: $0.appending(library).string, folder: $0.string) }
    }()

    private static let library = "libLiteRt.so"
}

extension Installation {
    /// The built-in engine, or what is missing for it.
    ///
    /// - Parameters:
    ///   - life: blinks and head motion of stills.
    ///   - limits: of inputs and videos.
    ///   - notebooks: of video avatars.
    ///   - time: after which a render is slow, and ended.
    ///   - note: told of every worker's end, for the log.
    static func engine(
        life: WorkerJob.Life = .calm, limits: WorkerJob.Limits = WorkerJob.Limits(), notebooks: NotebookShelf? = nil,
        time: TimeLimits = TimeLimits(),
        note: @escaping @Sendable (WorkerJob.Task, WorkerEnd) -> Void = { _, _ in }
    ) throws(CommandFailure) -> BuiltinEngine {
        guard FileManager.default.isExecutableFile(atPath: worker.string) else {
            throw CommandFailure(.preflight, "\(worker.string) is missing. Install both programs side by side.")
        }
        guard let models else {
            throw CommandFailure(
                .preflight, "The face models are missing. Run scripts/setup, or “make install” again.")
        }
        var process = WorkerProcess(program: worker)
        process.bounds.time = time
        return BuiltinEngine(
            worker: process, models: models, life: life, limits: limits, notebooks: notebooks, note: note)
    }
}
