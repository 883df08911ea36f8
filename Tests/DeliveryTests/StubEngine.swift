import Disk
import Pack
import Render
import Synchronization
import SystemPackage
import Words

/// “Renders” as the text of the audio says: `reject`, `cut` (it ends too early), `fail` (until it is mended), `hang`
/// (until it is cancelled), `slow` (the same, after frame 120 of 7000), else a video.
final class StubEngine: Engine {
    let identity = EngineIdentity(name: "stub", version: "1", settings: "")
    private let counts = Mutex((now: 0, most: 0, all: 0))
    private let isMended = Mutex(false)
    private let onStart: @Sendable (String) -> Void

    init(onStart: @escaping @Sendable (String) -> Void = { _ in }) {
        self.onStart = onStart
    }

    /// The largest number of renders at one time, and the number of all.
    var most: Int { counts.withLock(\.most) }
    var all: Int { counts.withLock(\.all) }

    /// What failed until now will not any more.
    func mend() { isMended.withLock { $0 = true } }

    func render(
        _ request: RenderRequest, progress: @escaping @Sendable (RenderProgress) -> Void
    ) async -> RenderOutcome {
        counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) }
        defer { counts.withLock { $0.now -= 1 } }
        let text = (try? request.audio.file.contents(limit: 1000)).flatMap {
            $0.map { String(decoding: $0, as: UTF8.self) }
        }
        guard let text else { return .failed(Problem(.engine, ["what": Phrase(verbatim: "unreadable")])) }
        onStart(text)
        await Task.yield()
        if text.hasPrefix("reject") { return .rejected(Problem(.noSound, file: "a.wav")) }
        if text.hasPrefix("cut") { return .rejected(Problem(.cut, file: request.audio.name)) }
        if text.hasPrefix("fail"), !isMended.withLock({ $0 }) {
            return .failed(Problem(.engine, ["what": Phrase(verbatim: "It broke.")]))
        }
        if text.hasPrefix("slow") { progress(RenderProgress(frame: 120, frames: 7000, seconds: 60)) }
        if text.hasPrefix("hang") || text.hasPrefix("slow") {
            let (stream, end) = AsyncStream<Void>.makeStream()
            for await _ in stream {}  // ends when the task is cancelled
            end.finish()
            return .interrupted
        }
        let video = Array("video of \(text)".utf8)
        do { try request.output.write(video, at: 0) } catch {
            return .failed(Problem(.engine, ["what": Phrase(verbatim: "\(error)")]))
        }
        return .ok(Self.facts(video))
    }

    static func facts(_ video: [UInt8]) -> VideoFacts {
        VideoFacts(
            audioSeconds: 1, videoSeconds: 1, width: 64, height: 64, fps: 25, videoCodec: "h264", audioCodec: "aac",
            bytes: Int64(video.count), crc32: CRC32.of(video), sha256: String(repeating: "0", count: 64),
            note: Phrase(verbatim: ""))
    }
}

/// A clock whose waits are over at once; notes how long they would have been.
final class ImpatientClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let slept = Mutex<[Duration]>([])
    var waits: [Duration] { slept.withLock { $0 } }
    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        slept.withLock { $0.append(deadline.offset) }
        await Task.yield()
    }
}
