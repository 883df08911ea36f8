import Foundation
import TestPrograms
import Testing

/// Files that want to be more than media, through the real service: the rows of docs/hostile.md.
@Suite(.serialized) struct HostileFilesTests {
    @Test("the service outlives every hostile file, and delivers the batch with a row for each")
    func everyFileHasARow() async throws {
        let run = try await HostileRun.shared.value
        // 1: rows without a video; anything else would be an end of the service
        #expect(run.result.status == 1, "\(run.result.errors.suffix(1000))")
        for file in run.files {
            let row = try #require(run.rows["hostile/" + file.path], "\(file.path)")
            let (status, reason) = (row["status"] ?? "", row["reason"] ?? "")
            #expect(status == "ok" ? reason.isEmpty : !reason.isEmpty && row["message"]?.isEmpty == false, "\(row)")
            // blame lies with the file: an end of the worker would be a fault of ours
            #expect(["ok", "rejected"].contains(status), "\(file.path): \(row["message"] ?? "")")
        }
    }

    @Test("nothing outside was written, renamed or removed")
    func outsideIsUntouched() async throws {
        let run = try await HostileRun.shared.value
        #expect(run.outside == run.outsideBefore)
    }

    @Test(
        "no file outside was opened, by nobody",
        .enabled(if: HostileRun.canTrace, "skipped: needs root, strace and unshare"))
    func nothingElseIsOpened() async throws {
        let run = try await HostileRun.shared.value
        let opened = try #require(run.trace).opened
        // the last is what SQLite makes for itself
        let system = ["/usr/", "/lib/", "/lib64/", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/var/tmp/etilqs_"]
        let programs = [BuiltProgram.folder.path, BuiltProgram.repository.resolvingSymlinksInPath().path]
        let allowed = run.ownFolders + system + programs
        let others = opened.filter { path in
            // Swift's own libraries lie where its toolchain does; the folder /proc is where a worker's memory is read
            let isSystem = path.contains("/usr/lib/swift/linux/lib") || path == "/proc"
            return !isSystem && !allowed.contains { path.hasPrefix($0) }
        }
        #expect(others.isEmpty)
        #expect(!opened.contains { $0.contains("/outside/") })
        // a trace that saw nothing would prove nothing
        #expect(opened.contains { $0.hasSuffix("/hostile/videos/reference-url.mp4") })
    }

    @Test(
        "no socket was made but to ask this machine for a user's name, and no program but the worker started",
        .enabled(if: HostileRun.canTrace, "skipped: needs root, strace and unshare"))
    func noSocketNoProgram() async throws {
        let run = try await HostileRun.shared.value
        let trace = try #require(run.trace)
        let network: Set = ["socket", "socketpair", "connect", "bind", "sendto"]
        // libc asks its name service cache, where there is one
        let asked = trace.all.filter { network.contains($0.name) && !$0.text.hasPrefix("socket(AF_UNIX, ") }
        #expect(asked.filter { !$0.text.contains("\"/var/run/nscd/socket\"") }.map(\.text) == [])
        for calls in trace.workers { #expect(!calls.contains { network.contains($0.name) }) }
        let started = trace.all.filter { $0.name.hasPrefix("execve") && !$0.isRefused }.map(\.text)
        let ours = ["/heygem-watch\"", "/heygem-watch-render\""]
        #expect(started.filter { call in !ours.contains { call.contains($0) } } == [])
    }

    @Test(
        "every worker shut itself in, and was granted nothing after that",
        .enabled(if: HostileRun.canTrace, "skipped: needs root, strace and unshare"))
    func everyWorkerIsShutIn() async throws {
        let run = try await HostileRun.shared.value
        let workers = try #require(run.trace).workers
        #expect(workers.count >= run.files.count)
        let hasLandlock = await SelfTest.hasLandlock
        for calls in workers {
            let filter = try #require(
                calls.firstIndex { $0.name == "seccomp" && !$0.isRefused }, "\(calls.map(\.text))")
            let landlock = calls.firstIndex { $0.name == "landlock_restrict_self" && !$0.isRefused }
            if hasLandlock { #expect(landlock.map { $0 < filter } == true) }
            #expect(calls[(filter + 1)...].filter { !$0.isRefused }.map(\.text) == [])
        }
    }

    @Test("each file ends as docs/hostile.md says")
    func document() async throws {
        let table = HostileTable(run: try await HostileRun.shared.value)
        if let path = ProcessInfo.processInfo.environment[HostileTable.variable] {
            try Data(table.text.utf8).write(to: URL(fileURLWithPath: path))
        }
        let document = try String(contentsOf: HostileTable.document, encoding: .utf8)
        for (written, found) in zip(document.split(separator: "\n"), table.text.split(separator: "\n")) {
            #expect(written == found)
        }
        #expect(document == table.text, "write it with \(HostileTable.variable)=docs/hostile.md and this test")
    }
}
