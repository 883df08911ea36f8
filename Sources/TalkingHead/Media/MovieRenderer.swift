import CPixels
package import Words

/// Turns the sound into what the mouth does: gets all of it in order as 16 kHz mono, then gives the track.
package protocol Listener {
    mutating func add(_ samples: UnsafeBufferPointer<Float>)
    consuming func finish() -> MouthTrack
}

/// Paints the frames of a movie, in order, each once, in a thread of its own.
package protocol Painter: AnyObject {
    /// Even, and the same for all frames.
    var width: Int { get }
    var height: Int { get }
    var frameRate: FrameRate { get }
    /// The pictures are a camera's, and move all over.
    var isFilmed: Bool { get }

    /// Fills the picture, whose contents are undefined at first, and later as this left them.
    ///
    /// - Parameter time: the middle of the frame in seconds, where the track is to be looked up.
    func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) throws(Problem)
}

extension Painter {
    package var isFilmed: Bool { false }
}

/// What was heard in the whole of a sound.
package struct HeardSound: Sendable {
    /// What the mouth does.
    package let track: MouthTrack
    /// Exact.
    package let seconds: Double
    /// What the user may want to know of the file; mostly empty.
    package let note: Phrase
}

/// What came out of a render.
package struct MovieSummary: Hashable, Sendable {
    package let frames: Int
    /// Of the sound, exact.
    package let soundSeconds: Double
    /// CPU time of the painter's thread.
    package let paintingSeconds: Double
}

/// Makes the movie of one item: listens to the sound, has the pictures painted and encodes both.
package struct MovieRenderer {
    package var sound: MediaInput
    /// An empty file, open for reading and writing.
    package var output: Int32
    package var limits = MediaLimits()
    package var quality = MovieQuality.normal

    package init(sound: MediaInput, output: Int32) {
        self.sound = sound
        self.output = output
    }

    /// The first pass over the sound: decodes it once, streaming.
    ///
    /// - Parameter alive: called at most ten times a second while it takes its time.
    /// - Throws: what is wrong with the sound.
    package func listen(
        with listener: consuming some Listener, alive: () -> Void = {}
    ) throws(Problem) -> HeardSound {
        let reader = try SoundReader(sound, for: .mouth, limits: limits)
        var report = ProgressClock()
        while let block = try reader.next() {
            listener.add(block.mono)
            if report.isDue() { alive() }
        }
        return HeardSound(track: listener.finish(), seconds: reader.seconds, note: reader.note)
    }

    /// The second pass over the sound: what `render` takes, to be begun as early as there is time. Whoever begins it
    /// stops it.
    ///
    /// - Throws: what is wrong with the sound, or `engine`.
    package func encodeSound() throws(Problem) -> EncodedSound {
        try EncodedSound(try SoundReader(sound, for: .movie, limits: limits))
    }

    /// Exactly ceil(seconds x rate) frames with the sound.
    ///
    /// The painter works in a thread of its own, at most two frames ahead of the encoder in this one, and has ended when
    /// this returns.
    /// - Parameter progress: frames done and their number, at most ten times a second, in this thread.
    /// - Throws: what painter, sound or encoder throw.
    package func render(
        _ heard: HeardSound, _ sound: EncodedSound, painter: any Painter,
        progress: (_ frame: Int, _ frames: Int) -> Void = { _, _ in }
    ) throws(Problem) -> MovieSummary {
        let frames = painter.frameRate.frames(covering: heard.seconds)
        // the first frame is painted while the encoders are made ready
        let pipeline = PaintPipeline(painter: painter, track: heard.track, frames: frames)
        defer { pipeline.stop() }
        let format = MovieFormat(
            width: painter.width, height: painter.height, frameRate: painter.frameRate, quality: quality,
            isFilmed: painter.isFilmed)
        let writer = try MovieWriter(descriptor: output, format: format, sound: sound.encoder)
        var report = ProgressClock()
        var added = 0
        for frame in 0..<frames {
            // sound first, so that the muxer never waits for it
            let needed = Int((painter.frameRate.start(of: frame + 1) * 48_000).rounded(.up))
            while added < needed, let stretch = try sound.next() {
                try writer.add(stretch.packets)
                added += stretch.samples
            }
            try writer.add(pipeline.next())
            if report.isDue(isLast: frame + 1 == frames) { progress(frame + 1, frames) }
            if frame == 0 { Self.returnMemory() }
        }
        while let stretch = try sound.next() { try writer.add(stretch.packets) }
        try writer.finish()
        return MovieSummary(
            frames: frames, soundSeconds: heard.seconds, paintingSeconds: pipeline.paintingSeconds)
    }

    /// What start-up and looking at the avatar took: the encoder's memory is of other sizes.
    private static func returnMemory() {
        malloc_trim(0)
        hgw_return_libraries()
    }
}

/// Lets at most ten reports a second through, and the last.
private struct ProgressClock {
    private var last: ContinuousClock.Instant?

    mutating func isDue(isLast: Bool = false) -> Bool {
        let now = ContinuousClock.now
        if let last, !isLast, now - last < .milliseconds(100) { return false }
        last = now
        return true
    }
}
