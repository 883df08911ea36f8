import Render
import TalkingHead
import Words

extension JobRunner {
    func render(
        _ audio: WorkerJob.File, _ avatar: WorkerJob.File, _ points: WorkerJob.File?, _ output: WorkerJob.File
    ) throws(Problem) -> WorkerResult {
        var rendering = Rendering(
            sound: audio.input, avatar: avatar.input, points: points?.input, output: output.descriptor, limits: limits)
        rendering.life = LifeSettings(job.life)
        rendering.quality = MovieQuality(job.limits.quality)
        rendering.notebook = job.notebook.map { Notebook(known: $0.known?.input, fresh: $0.fresh.descriptor) }
        let summary = try rendering.run(finder: finder, persons: persons) { frame, frames, seconds in
            Replies.send(.progress(frame: frame, frames: frames, seconds: seconds))
        }
        let work = summary.work
        Replies.log("CPU seconds: looking \(work.looking), painting \(work.painting), encoding \(work.encoding)")
        return WorkerResult(audioSeconds: summary.soundSeconds, note: summary.note)
    }

    func check(_ video: WorkerJob.File, _ seconds: Double) throws(Problem) -> WorkerResult {
        var sums = Checksums { Replies.send(.progress(frame: 0, frames: 0)) }
        let movie = try MovieCheck.check(video.input, expecting: seconds, limits: limits) { sums.add($0) }
        let facts = VideoFacts(
            audioSeconds: movie.audioSeconds, videoSeconds: movie.videoSeconds, width: movie.width,
            height: movie.height, fps: movie.framesPerSecond, videoCodec: movie.videoCodec,
            audioCodec: movie.audioCodec, bytes: movie.bytes, crc32: sums.crc32, sha256: sums.sha256,
            note: Phrase(verbatim: ""))
        return WorkerResult(audioSeconds: movie.audioSeconds, facts: facts)
    }

    func mouth(_ audio: WorkerJob.File, _ output: WorkerJob.File) throws(Problem) -> WorkerResult {
        var renderer = MovieRenderer(sound: audio.input, output: -1)
        renderer.limits = limits
        let heard = try renderer.listen(with: MouthListener()) { Replies.send(.progress(frame: 0, frames: 0)) }
        try output.fill(MouthTable.csv(heard.track))
        return WorkerResult(audioSeconds: heard.seconds, note: heard.note)
    }

    func face(
        _ picture: WorkerJob.File, _ points: WorkerJob.File?, _ drawing: WorkerJob.File, _ sidecar: WorkerJob.File
    ) throws(Problem) -> WorkerResult {
        let still = try StillReader.read(picture.input, limits: limits)
        let source = FaceSource(avatar: picture.input, sidecar: points?.input, finder: finder)
        let original = (still.sourceWidth, still.sourceHeight)
        let found = try source.points(in: still.picture, original: original)
        let size = (still.picture.width, still.picture.height)
        let kind = FlatInk.kind(of: still.picture, found)
        try sidecar.fill(FaceSidecar.encode(found, kind: kind, width: size.0, height: size.1, original: original))
        draw(found, on: still.picture)
        try PictureWriter.write(still.picture, asPNGTo: drawing.descriptor)
        return WorkerResult(note: still.note)
    }

    func sheet(
        _ videos: [WorkerJob.File], _ frames: Int, _ output: WorkerJob.File
    ) throws(Problem) -> WorkerResult {
        let sheet = try ContactSheet.make(of: videos.map(\.input), columns: frames, limits: limits)
        try PictureWriter.write(sheet, asPNGTo: output.descriptor)
        return WorkerResult()
    }
}

extension MovieQuality {
    fileprivate init(_ quality: WorkerJob.Quality) {
        self =
            switch quality {
            case .draft: .draft
            case .normal: .normal
            case .high: .high
            }
    }
}

extension LifeSettings {
    fileprivate init(_ life: WorkerJob.Life) {
        let level: LifeSettings =
            switch life.level {
            case .off: .off
            case .calm: .calm
            case .lively: .lively
            }
        self = level.scaled(
            blinks: Float(life.blinks), head: Float(life.headMotion), breath: Float(life.breathing),
            brows: Float(life.brows))
    }
}

extension WorkerJob.File {
    fileprivate var input: MediaInput { MediaInput(descriptor: descriptor, name: name) }

    fileprivate func fill(_ bytes: [UInt8]) throws(Problem) {
        try OutputFile(descriptor: descriptor).fill(bytes)
    }
}
