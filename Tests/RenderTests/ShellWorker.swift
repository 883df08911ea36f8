import Disk
import Glibc
import Render
import SystemPackage

/// A worker that is a shell script: what a real one must never do is quickly said in shell.
enum ShellWorker {
    static let done = #"echo '{"done":{"result":{"audioSeconds":1,"note":"well"}}}'"#

    static var job: WorkerJob {
        WorkerJob(task: .check(video: WorkerJob.File(descriptor: 3, name: "a.mp4"), seconds: 1))
    }

    static func process(_ script: String, bounds: WorkerBounds = WorkerBounds()) -> WorkerProcess {
        WorkerProcess(program: "/bin/sh", arguments: ["-c", "read job; \(script)"], bounds: bounds)
    }

    static func run(
        _ script: String, files: WorkerFiles = WorkerFiles(), bounds: WorkerBounds = WorkerBounds(),
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) async -> WorkerEnd {
        await process(script, bounds: bounds).run(job, files: files, progress: progress)
    }

    /// Whether a process is there and no zombie.
    static func isAlive(_ pid: String) -> Bool {
        guard let stat = fopen("/proc/\(pid)/stat", "r") else { return false }
        defer { fclose(stat) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, 512, stat) != nil else { return false }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return !text.contains(") Z")
    }
}
