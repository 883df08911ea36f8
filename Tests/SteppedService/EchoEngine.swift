import Disk
import Pack
import Render
import SystemPackage
import Words

/// “Renders” the texts of its inputs one after the other. An audio that begins with `reject` or `fail` ends so.
struct EchoEngine: Engine {
    let identity = EngineIdentity(name: "echo", version: "1", settings: "")

    func render(
        _ request: RenderRequest, progress: @escaping @Sendable (RenderProgress) -> Void
    ) async -> RenderOutcome {
        do {
            let audio = try request.audio.file.contents(limit: 1000) ?? []
            let text = String(decoding: audio, as: UTF8.self)
            if text.hasPrefix("reject") { return .rejected(Problem(.noSound, file: request.audio.name)) }
            if text.hasPrefix("fail") { return .failed(Problem(.engine, ["what": Phrase(verbatim: "It broke.")])) }
            let video = try Array("video of ".utf8) + audio + (request.avatar.file.contents(limit: 1000) ?? [])
            // in two parts, so that it can be cut
            try request.output.write(Array(video.prefix(12)), at: 0)
            try request.output.write(Array(video.dropFirst(12)), at: 12)
            return .ok(Self.facts(video))
        } catch {
            return .failed(Problem(.engine, ["what": Phrase(verbatim: "\(error)")]))
        }
    }

    private static func facts(_ video: [UInt8]) -> VideoFacts {
        VideoFacts(
            audioSeconds: 1, videoSeconds: 1, width: 64, height: 64, fps: 25, videoCodec: "h264", audioCodec: "aac",
            bytes: Int64(video.count), crc32: CRC32.of(video), sha256: String(repeating: "0", count: 64),
            note: Phrase(verbatim: ""))
    }
}
