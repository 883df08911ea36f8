import ArgumentParser
import Foundation
import Render

/// One video, with progress.
struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Makes one video of an avatar speaking an audio file.")

    @Argument(help: "Picture or video of a face.")
    var avatar: String

    @Argument(help: "Audio file.")
    var audio: String

    @Argument(help: "The video to make, an .mp4.")
    var output: String

    @Option(help: "draft, normal or high.")
    var quality = WorkerJob.Quality.normal

    @OptionGroup(title: "Stills")
    var stills: LifeOptions

    @Flag(help: "Replace OUT.mp4 if it is there.")
    var overwrite = false

    func validate() throws {
        guard output.lowercased().hasSuffix(".mp4") else { throw ValidationError("\(output) has to end in .mp4.") }
    }

    func run() async throws {
        let avatar = try UserFile.input(avatar)
        let points = try UserFile.points(beside: self.avatar)
        let audio = try UserFile.input(audio)
        let engine = try Installation.engine(life: stills.chosen, limits: WorkerJob.Limits(quality: quality))
        let console = Console()
        try await UserFile.output(output, overwrite: overwrite) { file in
            let request = RenderRequest(audio: audio, avatar: avatar, points: points, output: file)
            let outcome = await engine.render(request) { progress in
                console.show(bar: "\(output)  \(progress.frame)/\(progress.frames) frames")
            }
            console.show(bar: "")
            switch outcome {
            case .ok(let facts):
                let length = facts.videoSeconds.formatted(.number.precision(.fractionLength(2)))
                console.line("\(output): \(length) s, \(facts.width)x\(facts.height), \(facts.bytes) bytes")
            case .rejected(let problem), .failed(let problem):
                throw CommandFailure(problem)
            case .interrupted: throw CommandFailure(.failedInPart, "Interrupted.")
            }
        }
    }
}

extension WorkerJob.Quality: ExpressibleByArgument {}
