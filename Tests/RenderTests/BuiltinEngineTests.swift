import Disk
import Foundation
import Render
import Synchronization
import SystemPackage
import Testing
import Words

/// Render and check, by two real workers.
@Suite struct BuiltinEngineTests {
    private let engine = Self.engine()

    /// Without models: points that are given, and a head that keeps still, need none.
    private static func engine(limits: WorkerJob.Limits = WorkerJob.Limits()) -> BuiltinEngine {
        BuiltinEngine(
            worker: WorkerProcess(program: RenderProgram.path), models: WorkerJob.Models(library: "", folder: ""),
            life: .off, limits: limits)
    }

    @Test("sound, picture and points become a checked video")
    func ok() async throws {
        let scene = try Scene(seconds: 2)
        guard case .ok(let facts) = await engine.render(scene.request, progress: { _ in }) else {
            Issue.record("no video")
            return
        }
        #expect((facts.width, facts.height, facts.fps) == (320, 240, 25))
        #expect((facts.videoCodec, facts.audioCodec) == ("h264", "aac"))
        #expect(abs(facts.videoSeconds - 2) < 0.05)
        #expect(abs(facts.audioSeconds - 2) < 0.2)
        #expect(try facts.bytes == scene.output.status().signature.size)
        #expect(facts.sha256.count == 64)
    }

    @Test("the greatest height holds, is told, and how long the audio lasts is known before the first picture")
    func height() async throws {
        let scene = try Scene(seconds: 1)
        let engine = Self.engine(limits: WorkerJob.Limits(height: 120))
        let seen = Mutex<[RenderProgress]>([])
        let outcome = await engine.render(scene.request) { made in seen.withLock { $0.append(made) } }
        guard case .ok(let facts) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect((facts.width, facts.height) == (160, 120))
        #expect(facts.note.en.contains("reduced from 320 x 240 to 160 x 120"), "\(facts.note)")
        let early = seen.withLock { $0 }.first { $0.seconds != nil }
        #expect(early?.seconds == 1 && early?.frame == 0)
    }

    @Test("audio longer than allowed is rejected with the minutes that are")
    func longest() async throws {
        let scene = try Scene(seconds: 2)
        let engine = Self.engine(limits: WorkerJob.Limits(audioSeconds: 1))
        let outcome = await engine.render(scene.request, progress: { _ in })
        guard case .rejected(let problem) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(problem.reason == .tooLong)
        #expect(problem.message.contains("minutes") && problem.text(.zh).contains("分钟"), "\(problem.message)")
    }

    @Test("a worker that lies about its video is found out by the one that checks")
    func lie() async throws {
        let scene = try Scene(seconds: 1)
        let liar = WorkerProcess(program: "/bin/sh", arguments: ["-c", "read job; \(ShellWorker.done)"])
        // the liar is asked to check its own lie as well: it has no facts to show
        let engine = BuiltinEngine(worker: liar, models: WorkerJob.Models(library: "", folder: ""))
        guard case .failed(let problem) = await engine.render(scene.request, progress: { _ in }) else {
            Issue.record("believed")
            return
        }
        #expect(problem.reason == .badResult)
    }

    @Test("who checks is there as soon as the last frame is painted", .timeLimit(.minutes(1)))
    func checkerWaits() async throws {
        let scene = try Scene(seconds: 1)
        // who checks has one file, and writes into it; who renders waits for that
        let script = """
            [ -e /proc/$$/fd/4 ] || (echo here) >&3; read job; case "$job" in *render*)
            echo '{"progress":{"frame":25,"frames":25}}'; until [ -s /proc/$$/fd/6 ]; do :; done;; esac
            \(ShellWorker.done)
            """
        let worker = WorkerProcess(program: "/bin/sh", arguments: ["-c", script])
        let engine = BuiltinEngine(worker: worker, models: WorkerJob.Models(library: "", folder: ""))
        guard case .failed(let problem) = await engine.render(scene.request, progress: { _ in }) else {
            Issue.record("believed")
            return
        }
        #expect(problem.reason == .badResult)
    }

    @Test("points that make no sense reject the item with the name of their file")
    func badPoints() async throws {
        let scene = try Scene(seconds: 1)
        var request = scene.request
        request.points = RenderInput(file: try scene.folder.file("b.face.json", "{}"), name: "b.face.json")
        guard case .rejected(let problem) = await engine.render(request, progress: { _ in }) else {
            Issue.record("rendered")
            return
        }
        #expect(problem.reason == .badPoints)
        #expect(problem.message.contains("b.face.json"))
    }

    @Test("without its models the engine says so, and blames nobody's picture")
    func noModels() async throws {
        let scene = try Scene(seconds: 1)
        var faceless = scene.request
        faceless.points = nil
        let moving = BuiltinEngine(
            worker: WorkerProcess(program: RenderProgram.path), models: WorkerJob.Models(library: "", folder: ""))
        for (engine, request) in [(engine, faceless), (moving, scene.request)] {
            guard case .failed(let problem) = await engine.render(request, progress: { _ in }) else {
                Issue.record("rendered")
                continue
            }
            #expect(problem.reason == .engine)
        }
    }
}
