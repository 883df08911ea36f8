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

    /// Starts a worker whose job follows; nil where none can be started.
    package func start(files: WorkerFiles) -> WaitingWorker? {
        guard let child = try? child(files) else { return nil }
        return WaitingWorker(child)
    }

    /// Runs one job to its end. When the task is cancelled, the worker and its whole process group are ended before this
    /// returns `.interrupted`.
    /// - Parameters:
    ///   - files: what the job's descriptors stand for.
    ///   - waiting: was started with the same files; without it one is started now.
    package func run(
        _ job: WorkerJob, files: WorkerFiles, on waiting: WaitingWorker? = nil,
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
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
                    let end = supervise(
                        job, files: files, on: waiting, cancelled: cancelling.reading, progress: progress)
                    continuation.resume(returning: end)
                }
                if !isStarted { continuation.resume(returning: notStarted(Errno.resourceTemporarilyUnavailable)) }
            }
        } onCancel: {
            _ = cancelling.writing.write([0])
        }
    }

    private func supervise(
        _ job: WorkerJob, files: WorkerFiles, on waiting: WaitingWorker?, cancelled: Descriptor,
        progress: @escaping @Sendable (RenderProgress) -> Void
    ) -> WorkerEnd {
        do {
            let line = try [UInt8](JSONEncoder().encode(job)) + [UInt8(ascii: "\n")]
            let child = try waiting?.take() ?? child(files)
            return WorkerSupervisor(child, job: line, bounds: bounds, cancelled: cancelled, progress: progress).run()
        } catch {
            return notStarted(error)
        }
    }

    private func child(_ files: WorkerFiles) throws(Errno) -> ChildProcess {
        try ChildProcess(starting: program, arguments: arguments, files: files.files.map(\.descriptor))
    }

    private func notStarted(_ error: any Error) -> WorkerEnd {
        WorkerEnd(.failed(.notStarted(program.string, "\(error)")))
    }
}
