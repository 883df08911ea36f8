import Foundation
import Render
import TestPrograms
import Testing

/// The doors that a media file finds shut when it has taken a worker over.
@Suite struct SandboxTests {
    @Test("a worker that the service's own code starts tries every way out, and each is refused")
    func everyWayOut() async throws {
        let end = await SelfTest.run()
        guard case .done(let result) = end.answer else {
            Issue.record("\(end)")
            return
        }
        let attempts = try #require(result.attempts)
        #expect(attempts.count >= 30)
        #expect(attempts.filter { !$0.isRefused } == [])
        #expect(end.limits?.isComplete == true, "\(String(describing: end.limits))")
    }

    @Test(
        "no byte of an input is read before seccomp and Landlock are on",
        .enabled(if: HostileRun.canTrace, "skipped: needs root, strace and unshare"))
    func nothingIsReadBefore() async throws {
        try await Share.with { share in
            try share.dropFace("face.png")
            try share.drop(try await share.sound(), "sound.wav")
            let trace = share.root.appendingPathComponent("trace")
            try await BuiltProgram.tool(
                "strace",
                [
                    "--follow-forks", "--decode-fds=path", "--signal=none", "--quiet=all",
                    "--trace=pread64,read,readv,preadv,mmap,landlock_restrict_self,seccomp", "--output=\(trace.path)",
                    BuiltProgram.service.path, "render", "face.png", "sound.wav", "out.mp4",
                ], in: share.inbox)
            let lines = try String(contentsOf: trace, encoding: .utf8).split(separator: "\n")
            let filter = try #require(lines.firstIndex { $0.contains("seccomp(SECCOMP_SET_MODE_FILTER") })
            let inputs = lines.indices.filter {
                lines[$0].contains("/inbox/sound.wav>") || lines[$0].contains("/inbox/face.png>")
            }
            #expect(!inputs.isEmpty)
            // by the workers; the service looks at nothing of a `render`
            #expect(inputs.allSatisfy { $0 > filter }, "\(inputs.prefix(1).map { lines[$0] })")
            if await SelfTest.hasLandlock {
                let landlock = try #require(lines.firstIndex { $0.contains("landlock_restrict_self(") })
                #expect(landlock < filter)
            }
        }
    }
}
