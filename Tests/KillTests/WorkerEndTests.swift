import Foundation
import TestPrograms
import Testing

/// What becomes of a worker when the service that started it is killed.
@Suite struct WorkerEndTests {
    /// Returns when the sound is being rendered.
    private static func startRendering(
        _ sound: Data, _ share: Share
    ) async throws -> (service: RunningProgram, worker: Int32) {
        try share.dropFace("show/avatar.png")
        try share.drop(sound, "show/speech.wav")
        try share.drop("show/batch.ready")
        let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
        try service.start()
        #expect(await service.printsError("rendering"))
        return (service, try await firstWorker(of: service.identifier))
    }

    /// The service says that it renders just before it starts the worker.
    private static func firstWorker(of service: Int32) async throws -> Int32 {
        let script = "for i in $(seq 500); do pgrep -P \(service) && exit; sleep 0.02; done; exit 1"
        let worker = try await BuiltProgram.tool("sh", ["-c", script])
        return try #require(Int32(worker.split(separator: "\n").first ?? ""))
    }

    /// Waits for the end of a process that is no child of ours.
    private static func waitForEnd(of process: Int32, seconds: Int) async throws {
        try await BuiltProgram.tool(
            "timeout", ["\(seconds)", "tail", "--pid=\(process)", "-s", "0.05", "-f", "/dev/null"])
    }

    @Test("the workers of a killed service end by themselves within seconds")
    func workersEnd() async throws {
        try await Share.with { share in
            let (service, worker) = try await Self.startRendering(try await share.longSound(), share)
            service.kill()
            _ = await service.end()
            try await Self.waitForEnd(of: worker, seconds: 5)
        }
    }

    @Test("what a worker of a killed service still writes is never taken for the next attempt's")
    func outputsAreApart() async throws {
        try await Share.with { share in
            let speech = try Data(contentsOf: BuiltProgram.samples.appendingPathComponent("english.wav"))
            let (service, worker) = try await Self.startRendering(speech, share)
            // so slow a worker that it outlives its service and the next attempt as well
            kill(worker, SIGSTOP)
            service.kill()
            _ = await service.end()
            defer { kill(worker, SIGCONT) }
            let attempts = share.state.appendingPathComponent("work/attempts")
            let left = try FileManager.default.contentsOfDirectory(atPath: attempts.path)
            #expect(left == ["1.mp4"])
            let once = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)
            #expect(once.status == 0, "\(once.errors)")
            kill(worker, SIGCONT)
            try await Self.waitForEnd(of: worker, seconds: 5)
            try await share.expectWholeZip(videos: 1)
            let rows = try share.rows(of: try #require(share.results(".csv").first))
            #expect(rows["speech"]?["attempts"] == "2")
            #expect(try FileManager.default.contentsOfDirectory(atPath: attempts.path) == [])
        }
    }
}
