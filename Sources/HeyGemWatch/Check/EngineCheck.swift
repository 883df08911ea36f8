import Disk
import Foundation
import Render
import SystemPackage
import Words

/// The engine on two seconds of sound, the face models on a picture, and the avatar that stands in for missing ones.
struct EngineCheck {
    let settings: Settings
    /// Gone afterwards.
    let folder: Folder

    func findings() async -> [Finding] {
        do {
            let engine = try Installation.engine(life: settings.life, limits: settings.workerLimits)
            try write(SampleFace.bitmap, to: "face.bmp")
            try write(Array(SampleFace.points.utf8), to: "face.face.json")
            try write(SampleSound.wave, to: "sound.wav")
            return [try await sample(engine), try await models(), try await defaultAvatar(engine)].compactMap(\.self)
        } catch let failure as CommandFailure {
            return [.problem("engine.builtin", Phrase(verbatim: failure.message), mend: .runSetup)]
        } catch {
            return [
                .problem(
                    "engine.builtin", Phrase("the sample can't be written: \(error)", zh: "无法写入样本：\(error)"),
                    mend: .makeRoom)
            ]
        }
    }

    /// A whole render, checked by a second worker as always.
    private func sample(_ engine: BuiltinEngine) async throws -> Finding {
        let points = RenderInput(file: try folder.open("face.face.json"), name: "face.face.json")
        let start = ContinuousClock.now
        let outcome = try await render(engine, avatar: input("face.bmp"), points: points, output: "sample.mp4")
        let took = TimeText.text(ContinuousClock.now - start)
        let id = "engine.builtin"
        switch outcome {
        case .ok(let facts):
            let size = "\(facts.width)x\(facts.height)"
            return .ok(
                id,
                Phrase(
                    "rendered \(Int(SampleSound.seconds)) s of video (\(size)) in \(took.en) and checked it",
                    zh: "渲染并检查了 \(Int(SampleSound.seconds)) 秒视频（\(size)），用时 \(took.zh)"))
        case .rejected(let problem), .failed(let problem):
            return .problem(
                id, Phrase("the sample was not rendered: \(problem.text(.en))", zh: "样本渲染失败：\(problem.text(.zh))"),
                mend: .runSetup)
        case .interrupted:
            return .problem(id, Phrase("interrupted", zh: "被中断"), mend: .tryAgain)
        }
    }

    /// They are loaded and look; whether they take the drawing for a face does not matter.
    private func models() async throws -> Finding {
        let id = "engine.face_models"
        var files = WorkerFiles()
        let task = WorkerJob.Task.face(
            picture: files.add(try input("face.bmp")), points: nil,
            drawing: files.add(try folder.create("points.png", mode: 0o600), name: "points.png"),
            sidecar: files.add(try folder.create("points.json", mode: 0o600), name: "points.json"))
        let end = await WorkerProcess(program: Installation.worker)
            .run(WorkerJob(task: task, models: Installation.models), files: files)
        switch end.answer {
        case .done: return .ok(id, Phrase("the face models looked at a drawing", zh: "人脸模型已检查一张图画"))
        case .rejected(let problem) where problem.reason == .noFace:
            return .ok(id, Phrase("the face models looked at a drawing", zh: "人脸模型已检查一张图画"))
        case .rejected(let problem), .failed(let problem):
            return .problem(
                id, Phrase("the face models can't look: \(problem.text(.en))", zh: "人脸模型无法工作：\(problem.text(.zh))"),
                mend: .runSetup)
        case .interrupted: return .problem(id, Phrase("interrupted", zh: "被中断"), mend: .tryAgain)
        }
    }

    /// It has to be readable, and a face has to be found in it.
    private func defaultAvatar(_ engine: BuiltinEngine) async throws -> Finding? {
        guard let path = settings.defaultAvatar else { return nil }
        let id = "settings.default_avatar"
        let (avatar, points): (RenderInput, RenderInput?)
        do throws(CommandFailure) {
            (avatar, points) = (try UserFile.input(path.string), try UserFile.points(beside: path.string))
        } catch {
            return .problem(
                id, Phrase(verbatim: error.message),
                mend: Phrase("correct default_avatar, or give the right to read it", zh: "请更正 default_avatar，或授予读取权限"))
        }
        switch try await render(engine, avatar: avatar, points: points, output: "avatar.mp4") {
        case .ok:
            return .ok(id, Phrase("default_avatar \(path) spoke the sample", zh: "default_avatar \(path) 已成功说出样本"))
        case .rejected(let problem), .failed(let problem):
            return .problem(
                id,
                Phrase(
                    "default_avatar can't speak: \(problem.text(.en))", zh: "default_avatar 无法说话：\(problem.text(.zh))"),
                mend: Phrase("choose another picture or video", zh: "请换一张图片或视频"))
        case .interrupted: return .problem(id, Phrase("interrupted", zh: "被中断"), mend: .tryAgain)
        }
    }

    private func render(
        _ engine: BuiltinEngine, avatar: RenderInput, points: RenderInput?, output: FilePath
    ) async throws -> RenderOutcome {
        let file = try folder.create(output, mode: 0o600)
        let request = RenderRequest(audio: try input("sound.wav"), avatar: avatar, points: points, output: file)
        return await engine.render(request) { _ in }
    }

    private func input(_ name: FilePath) throws(Errno) -> RenderInput {
        RenderInput(file: try folder.open(name), name: name.string)
    }

    private func write(_ bytes: [UInt8], to name: FilePath) throws(Errno) {
        try folder.create(name, mode: 0o600).write(bytes, at: 0)
    }
}
