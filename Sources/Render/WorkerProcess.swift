import Disk
import FoundationEssentials
package import SystemPackage

/// Runs the worker's program for one job at a time of asking; as many at once as asked.
package struct WorkerProcess: Sendable {
    /// Absolute.
    package var program: FilePath
    package var arguments: [String]
    package var bounds: WorkerBounds

    package init(program: FilePath, arguments: [String] = [], bounds: WorkerBounds = WorkerBounds()) {
        self.program = program
        self.arguments = arguments
        self.bounds = bounds
    }

    /// Runs one job to its end. When the task is cancelled, the worker and its whole process group are ended before this
    /// returns `.interrupted`.
    /// - Parameter files: what the job's descriptors stand for.
    package func run(
        _ job: WorkerJob, files: WorkerFiles, progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) async -> WorkerEnd {
        guard !Task.isCancelled else { return WorkerEnd(.interrupted) }
        let cancelling: (reading: Descriptor, writing: Descriptor)
        do throws(Errno) {
            cancelling = try Descriptor.pipe()
        } catch {
            return notStarted(error)
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStarted = OwnThread.start {
                    let end = supervise(job, files: files, cancelled: cancelling.reading, progress: progress)
                    continuation.resume(returning: end)
                }
                if !isStarted { continuation.resume(returning: notStarted(Errno.resourceTemporarilyUnavailable)) }
            }
        } onCancel: {
            _ = cancelling.writing.write([0])
        }
    }

    private func supervise(
        _ job: WorkerJob, files: WorkerFiles, cancelled: Descriptor,
        progress: @escaping @Sendable (RenderProgress) -> Void
    ) -> WorkerEnd {
        do {
            let line = try [UInt8](JSONEncoder().encode(job)) + [UInt8(ascii: "\n")]
            let child = try ChildProcess(
                starting: program, arguments: arguments, files: files.files.map(\.descriptor))
            return WorkerSupervisor(child, job: line, bounds: bounds, cancelled: cancelled, progress: progress).run()
        } catch {
            return notStarted(error)
        }
    }

    private func notStarted(_ error: any Error) -> WorkerEnd {
        WorkerEnd(.failed(.notStarted(program.string, "\(error)")))
    }
}
