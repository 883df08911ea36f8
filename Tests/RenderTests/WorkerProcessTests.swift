import Disk
import Glibc
import Render
import Synchronization
import SystemPackage
import Testing
import Words

/// Real processes, behaving badly.
@Suite struct WorkerProcessTests {
    private static func bounds(_ change: (inout WorkerBounds) -> Void) -> WorkerBounds {
        var bounds = WorkerBounds()
        change(&bounds)
        return bounds
    }

    @Test("a worker that answers and leaves is done; its words on the way are heard")
    func answers() async throws {
        let seen = Mutex<[RenderProgress]>([])
        let end = await ShellWorker.run(
            """
            echo '{"limits":{"report":{"noNewPrivileges":true,"landlock":7,"seccomp":true,"missing":[]}}}'
            echo '{"progress":{"frame":1,"frames":2}}'; echo 'a word for the log' >&2
            \(ShellWorker.done)
            """
        ) { progress in seen.withLock { $0.append(progress) } }
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1, note: Phrase(verbatim: "well"))))
        #expect(end.limits?.isComplete == true)
        #expect(end.log == "a word for the log\n")
        #expect(seen.withLock { $0 } == [RenderProgress(frame: 1, frames: 2)])
    }

    @Test("the job arrives as one line, whole")
    func job() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let output = try folder.file("job.json")
        _ = files.add(output, name: "job.json")
        _ = await ShellWorker.run(#"printf '%s' "$job" >&3;"# + ShellWorker.done, files: files)
        #expect(try output.text.contains(#""descriptor":3"#))
        #expect(try output.text.hasSuffix("}"))
    }

    @Test("a worker may be started before its job is there, and is the one that gets it", .timeLimit(.minutes(1)))
    func waiting() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let output = try folder.file("numbers")
        _ = files.add(output, name: "numbers")
        let process = WorkerProcess(
            program: "/bin/sh", arguments: ["-c", "(echo $PPID) >&3; read job; \(ShellWorker.done)"])
        let waiting = try #require(process.start(files: files))
        let end = await process.run(ShellWorker.job, files: files, on: waiting)
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1, note: Phrase(verbatim: "well"))))
        #expect(try output.text.split(separator: "\n") == ["\(getpid())"])
    }

    @Test("a worker that waits for a job that never comes is ended", .timeLimit(.minutes(1)))
    func unused() throws {
        let folder = try TemporaryFolder()
        try Self.startInVain(with: folder.file("lock"))
        // the lock is the worker's as well as ours: it is free when both have let go
        let lock = try folder.folder.open("lock")
        let result = withExtendedLifetime(lock) { flock(lock.descriptor, LOCK_EX) }
        #expect(result == 0)
    }

    private static func startInVain(with lock: OpenFile) throws {
        try #require(flock(lock.descriptor, LOCK_EX) == 0)
        var files = WorkerFiles()
        _ = files.add(lock, name: "lock")
        let process = WorkerProcess(program: "/bin/sh", arguments: ["-c", "while :; do :; done"])
        #expect(process.start(files: files) != nil)
    }

    @Test("files are found at 3, 4, 5, and nothing else is open")
    func descriptors() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let list = try folder.file("list")
        let input = try folder.file("input", "spoken")
        let output = try folder.file("output")
        // left open on purpose, not close-on-exec
        let stray = dup2(input.descriptor, 200)
        defer { close(stray) }
        #expect(files.add(list, name: "list").descriptor == 3)
        #expect(files.add(input, name: "input").descriptor == 4)
        #expect(files.add(output, name: "output").descriptor == 5)
        let end = await ShellWorker.run("(ls /proc/$$/fd) >&3; (cat) <&4 >&5; \(ShellWorker.done)", files: files)
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1, note: Phrase(verbatim: "well"))))
        let listed = try list.text
        #expect(listed == "0\n1\n2\n3\n4\n5\n")
        #expect(try output.text == "spoken")
    }

    @Test("the environment is empty, the folder is /, no signal is blocked or ignored")
    func surroundings() async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let output = try folder.file("output")
        _ = files.add(output, name: "output")
        let script =
            "cat /proc/$$/environ >&3; pwd >&3; (exec grep -E 'Sig(Blk|Ign)' /proc/self/status) >&3; \(ShellWorker.done)"
        _ = await ShellWorker.run(script, files: files)
        // glibc ignores its two internal signals while it spawns, and so do its children
        let told = try output.text.replacing("0000000180000000", with: "0000000000000000")
        #expect(told == "/\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
    }

    struct Misdeed: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var script: String
        var reason: Reason
        var says: String
    }

    private static let misdeeds = [
        Misdeed(testDescription: "crashes", script: "kill -SEGV $$", reason: .engine, says: "crashed (SIGSEGV)"),
        Misdeed(testDescription: "is killed", script: "kill -KILL $$", reason: .memory, says: "Memory ran short"),
        Misdeed(testDescription: "runs out of time", script: "kill -XCPU $$", reason: .timeout, says: "computing time"),
        Misdeed(testDescription: "says nothing", script: "exit 0", reason: .engine, says: "exit code 0"),
        Misdeed(
            testDescription: "answers, then fails", script: "\(ShellWorker.done); exit 3", reason: .engine,
            says: "exit code 3"),
        Misdeed(testDescription: "talks nonsense", script: "echo hello; sleep 60", reason: .engine, says: "no sense"),
        Misdeed(
            testDescription: "answers twice", script: "\(ShellWorker.done); \(ShellWorker.done); sleep 60",
            reason: .engine, says: "after its answer"),
        Misdeed(
            testDescription: "floods with lines",
            script: #"while :; do echo '{"progress":{"frame":1,"frames":2}}'; done"#, reason: .engine,
            says: "too much"),
        Misdeed(
            testDescription: "floods with one line", script: "cat /dev/zero", reason: .engine, says: "too long"),
    ]

    @Test("a worker that misbehaves is a failed item with a sentence", arguments: misdeeds)
    func misbehaves(_ misdeed: Misdeed) async throws {
        let end = await ShellWorker.run(misdeed.script)
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == misdeed.reason)
        #expect(problem.message.contains(misdeed.says), "\(problem.message)")
    }

    @Test("one that hangs is ended after its silence, its group with it")
    func hangs() async throws {
        let bounds = Self.bounds { $0.silence = .milliseconds(300) }
        let end = await ShellWorker.run("sleep 1000 & echo $! >&2; wait", bounds: bounds)
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == .timeout)
        #expect(!ShellWorker.isAlive(end.log.trimmingSuffix { $0.isNewline }))
    }

    @Test("one that goes on and on is ended at the hard limit, which grows with its audio")
    func hardLimit() async throws {
        let bounds = Self.bounds { $0.time = TimeLimits(slow: .milliseconds(100), slowFactor: 0.1, hardFactor: 2) }
        let began = ContinuousClock.now
        let script = #"while :; do echo '{"progress":{"frame":1,"frames":2,"seconds":2}}'; (sleep 0.05); done"#
        let end = await ShellWorker.run(script, bounds: bounds)
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == .timeout)
        #expect(problem.message.contains("the limit for 2 seconds of audio"), "\(problem.message)")
        #expect(ContinuousClock.now - began >= .milliseconds(400))
    }

    @Test("one that does not leave after its answer is ended")
    func lingers() async throws {
        let bounds = Self.bounds { $0.leaving = .milliseconds(200) }
        let end = await ShellWorker.run("\(ShellWorker.done); exec sleep 1000", bounds: bounds)
        guard case .failed = end.answer else {
            Issue.record("\(end)")
            return
        }
    }

    @Test("the memory of the whole group counts")
    func eatsMemory() async throws {
        let bounds = Self.bounds { $0.memoryBytes = 64 << 20 }
        // a line without end, which tail must hold whole
        let end = await ShellWorker.run("head -c 4000M /dev/zero | tail -n 1 >/dev/null", bounds: bounds)
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.reason == .memory)
        #expect(end.peakMemory > 64 << 20)
    }

    @Test("children that outlive a worker are ended")
    func leavesChildren() async throws {
        let end = await ShellWorker.run("sleep 1000 & echo $! >&2; \(ShellWorker.done)")
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1, note: Phrase(verbatim: "well"))))
        #expect(!ShellWorker.isAlive(end.log.trimmingSuffix { $0.isNewline }))
    }

    @Test(
        "cancelling ends the whole group before it returns, even when SIGTERM is ignored",
        arguments: ["", "trap '' TERM;"])
    func cancelling(_ trap: String) async throws {
        let (events, ready) = AsyncStream.makeStream(of: Void.self)
        let bounds = Self.bounds { $0.mercy = .milliseconds(200) }
        let script = """
            \(trap) sleep 1000 & echo $! >&2
            echo '{"progress":{"frame":0,"frames":0}}'; while :; do wait; done
            """
        let task = Task { await ShellWorker.run(script, bounds: bounds) { _ in ready.finish() } }
        for await _ in events {}
        task.cancel()
        let end = await task.value
        #expect(end.answer == .interrupted)
        #expect(!ShellWorker.isAlive(end.log.trimmingSuffix { $0.isNewline }))
    }

    @Test("a task cancelled before starts nothing")
    func cancelledBefore() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await ShellWorker.run("echo started >&2")
        }
        #expect(await task.value.answer == .interrupted)
    }

    @Test("a program that is not there is told by name")
    func missingProgram() async throws {
        let end = await WorkerProcess(program: "/nonexistent/render").run(ShellWorker.job, files: WorkerFiles())
        guard case .failed(let problem) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(problem.message.contains("/nonexistent/render"))
    }
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, condition(last) { text.removeLast() }
        return text
    }
}
