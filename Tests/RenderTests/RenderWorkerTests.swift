import Disk
import Foundation
import Render
import SystemPackage
import Testing
import Words

/// The real worker: its limits, its ends, and tasks that need no models.
@Suite struct RenderWorkerTests {
    private static let forbidden = [
        "socket", "unix socket", "socketpair", "open /etc/passwd", "list a folder", "open for writing", "rename",
        "remove", "execve", "execveat", "fork", "clone3", "ptrace", "process_vm_readv", "kill of the parent", "mount",
        "bpf", "io_uring_setup", "keyctl",
    ]

    @Test("inside its limits nothing can be opened, connected, executed, traced or killed")
    func selfTest() async throws {
        let end = await run(.selfTest, files: WorkerFiles())
        let limits = try #require(end.limits)
        #expect(limits.noNewPrivileges)
        #expect(limits.missing.isEmpty)
        guard case .done(let result) = end.answer, let attempts = result.attempts else {
            Issue.record("\(end)")
            return
        }
        // kernels without seccomp are told of, not failed
        guard limits.seccomp else { return }
        #expect(attempts.filter { !$0.isRefused } == [])
        #expect(Set(attempts.map(\.name)).isSuperset(of: Self.forbidden))
    }

    @Test("alone it explains itself", arguments: [[], ["--help"]])
    func alone(_ arguments: [String]) throws {
        #expect(try RenderProgram.run(arguments).code == 2)
    }

    private func run(_ task: WorkerJob.Task, files: WorkerFiles) async -> WorkerEnd {
        await WorkerProcess(program: RenderProgram.path).run(WorkerJob(task: task), files: files)
    }

    @Test("it says which limits are in force before anything else, and a rejected input is no crash")
    func emptyAudio() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let audio = files.add(try folder.file("a.wav"), name: "a.wav")
        let output = files.add(try folder.file("mouth.csv"), name: "mouth.csv")
        let end = await run(.mouth(audio: audio, output: output), files: files)
        #expect(end.limits?.noNewPrivileges == true)
        guard case .rejected(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == .empty)
        #expect(problem.message.contains("a.wav"))
    }

    @Test("a second of sound becomes 50 rows of mouth")
    func mouth() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let audio = files.add(try folder.file("a.wav", bytes: Wave.tone(seconds: 1)), name: "a.wav")
        let table = try folder.file("mouth.csv")
        let output = files.add(table, name: "mouth.csv")
        let end = await run(.mouth(audio: audio, output: output), files: files)
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1)), "\(end)")
        let rows = try table.text.split(separator: "\n")
        #expect(rows.first == "time,open,wide,round")
        #expect(rows.count == 51)
        #expect(rows.last?.hasPrefix("0.98,") == true)
    }

    @Test("a file that is no video does not pass for a result")
    func badResult() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let video = files.add(try folder.file("a.mp4", "no video at all"), name: "a.mp4")
        let end = await run(.check(video: video, seconds: 1), files: files)
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == .badResult)
    }

    @Test("it ends by itself, in the middle of its work, when whoever started it is killed")
    func orphan() throws {
        let scene = try Scene(seconds: 3600)
        var job = try JSONEncoder().encode(WorkerJob(task: scene.task))
        job.append(UInt8(ascii: "\n"))
        // stands for the service: it holds the only writing end of the worker's standard input
        let service = Process()
        service.executableURL = URL(filePath: "/bin/sh")
        service.arguments = ["-c", "printf '%s' \"$0\"; exec sleep 1000", String(decoding: job, as: UTF8.self)]
        let input = Pipe()
        service.standardOutput = input
        try service.run()
        try? input.fileHandleForWriting.close()
        let worker = try scene.start(RenderProgram.path, input: input)
        var said = Data()
        while said.range(of: Data("progress".utf8)) == nil {
            let more = worker.output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            said += more
        }
        #expect(said.range(of: Data("progress".utf8)) != nil, "\(String(decoding: said, as: UTF8.self))")
        kill(service.processIdentifier, SIGKILL)
        worker.process.waitUntilExit()
        // 0 would mean that it went on to the end
        #expect(worker.process.terminationStatus == 1)
    }
}
