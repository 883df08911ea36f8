import Foundation
import Render
import SystemPackage
import TestPrograms

/// A worker that tries every forbidden thing, started as the service starts each of its workers.
enum SelfTest {
    static let worker = FilePath(BuiltProgram.folder.appendingPathComponent("heygem-watch-render").path)

    static func run() async -> WorkerEnd {
        await WorkerProcess(program: worker).run(WorkerJob(task: .selfTest), files: WorkerFiles())
    }

    /// Kernels without it are told of, not failed.
    static var hasLandlock: Bool {
        get async { await run().limits?.landlock ?? 0 > 0 }
    }
}
