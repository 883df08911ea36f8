import Foundation
import TestPrograms
import Testing

/// One service an inbox.
@Suite struct OneServiceTests {
    @Test("a second service is told who serves the inbox and since when, and ends with 4; that one works on")
    func second() async throws {
        try await Share.with { share in
            let first = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try first.start()
            try #require(await first.printsError("watching"))
            for flags in [[], ["--once"], ["--take-over"], ["--adopt"]] {
                let result = try await BuiltProgram.run(["run"] + flags + Self.other(share), environment: Share.quick)
                #expect(result.status == 4, "\(flags): \(result.errors)")
                #expect(
                    result.errors.contains("served by another HeyGemWatch (process \(first.identifier) on "),
                    "\(flags): \(result.errors)")
                #expect(result.errors.contains(" since 20"), "\(flags): \(result.errors)")
            }
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/a.wav")
            try share.drop("b/batch.ready")
            try #require(await first.printsError("delivered"))
            first.terminate()
            #expect(await first.end().status == 0)
        }
    }

    @Test(
        "--take-over takes the inbox from a service of another machine, which stops with words as soon as it looks",
        .enabled(if: SmallDisk.isPossible, "skipped: only root may give a process a host name"))
    func takeOver() async throws {
        try await Share.with { share in
            let script = "hostname elsewhere && exec \"$0\" \"$@\""
            let first = RunningProgram(
                URL(fileURLWithPath: "/usr/bin/unshare"),
                ["--uts", "sh", "-c", script, BuiltProgram.service.path, "run"] + share.options,
                environment: Share.quick.merging(["HEYGEM_WATCH_RESCAN": "1s"]) { $1 })
            try first.start()
            try #require(await first.printsError("watching"))
            let refused = try await BuiltProgram.run(
                ["run", "--once"] + Self.other(share), environment: Share.quick)
            #expect(refused.status == 4 && refused.errors.contains(" on elsewhere since "), "\(refused.errors)")
            let taken = try await BuiltProgram.run(
                ["run", "--once", "--take-over"] + Self.other(share), environment: Share.quick)
            #expect(taken.status == 0, "\(taken.errors)")
            let end = await first.end()
            #expect(end.status == 4, "\(end.errors)")
            #expect(end.errors.contains("another HeyGemWatch has taken it over (process "), "\(end.errors)")
        }
    }

    @Test(
        "a state folder on a network file system is refused, with why",
        .enabled(
            if: SmallDisk.isPossible && access("/usr/bin/bindfs", X_OK) == 0, "skipped: needs root and bindfs"))
    func networkLedger() async throws {
        try await Share.with { share in
            let disk = share.root.appendingPathComponent("disk").path
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            // it calls itself what a real one would: the kernel's mount table says fuse.sshfs
            try await BuiltProgram.tool("bash", ["-c", Self.mount, disk, share.state.path])
            let result: Result<BuiltProgram.Result, any Error>
            do {
                result = .success(
                    try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick))
            } catch {
                result = .failure(error)
            }
            try await BuiltProgram.tool("umount", ["--lazy", share.state.path])
            let end = try result.get()
            #expect(end.status == 4, "\(end.errors)")
            #expect(
                end.errors.contains("lies on a network file system (fuse.sshfs). Choose a folder on a local disk"),
                "\(end.errors)")
        }
    }

    /// What stays behind for the mount must hold nothing of the test open, or its end is waited for.
    private static let mount = """
        for file in /proc/self/fd/*; do number=${file##*/}; ((number > 2)) && eval "exec $number>&-"; done
        exec bindfs -o subtype=sshfs "$0" "$1" > /dev/null 2>&1
        """

    /// The same inbox and outbox with a state folder of its own.
    private static func other(_ share: Share) -> [String] {
        [
            "--inbox", share.inbox.path, "--outbox", share.outbox.path, "--state",
            share.root.appendingPathComponent("other").path,
        ]
    }
}
