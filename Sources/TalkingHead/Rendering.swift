package import Words

/// One item from its files to its movie: listens, finds the face, lets the painter and the encoder work.
package struct Rendering {
    package var sound: MediaInput
    package var avatar: MediaInput
    /// The `<stem>.face.json` beside the avatar.
    package var points: MediaInput?
    /// An empty file, open for reading and writing.
    package var output: Int32
    package var limits: MediaLimits
    package var life = LifeSettings.calm
    package var quality = MovieQuality.normal
    /// Of a video avatar.
    package var notebook: Notebook?

    package init(
        sound: MediaInput, avatar: MediaInput, points: MediaInput?, output: Int32, limits: MediaLimits = MediaLimits()
    ) {
        self.sound = sound
        self.avatar = avatar
        self.points = points
        self.output = output
        self.limits = limits
    }

    package struct Summary: Hashable, Sendable {
        package let frames: Int
        package let soundSeconds: Double
        /// What the user may want to know; mostly empty.
        package let note: Phrase
        package let work: Work
    }

    /// What a render's CPU time went into, in seconds.
    package struct Work: Hashable, Sendable {
        /// From the start of the process: its own start, the sound, the face.
        package let looking: Double
        package let painting: Double
        package let encoding: Double
    }

    /// - Parameters:
    ///   - finder: needed where no points are given; closed as soon as the face is found.
    ///   - persons: for stills whose heads move; without it background goes along. Closed likewise.
    ///   - progress: frames done and their number, some times a second; 0 of 0 while the inputs are looked at; and how
    ///     many seconds the sound lasts, as soon as that is known.
    /// - Throws: what is wrong with sound, avatar or points, or `engine`.
    package func run(
        finder: FaceFinder?, persons: PersonFinder? = nil,
        progress: (_ frame: Int, _ frames: Int, _ seconds: Double?) -> Void
    ) throws(Problem) -> Summary {
        var renderer = MovieRenderer(sound: sound, output: output)
        renderer.limits = limits
        renderer.quality = quality
        // the sound first: it is quickly read, and a video avatar may take minutes to follow
        let heard = try renderer.listen(with: MouthListener()) { progress(0, 0, nil) }
        progress(0, 0, heard.seconds)
        let cast = try cast(finder: finder, persons: persons, heard) { progress(0, 0, heard.seconds) }
        finder?.close()
        persons?.close()
        let looking = CPUTime.ofProcess
        let made = try renderer.render(heard, painter: cast.painter) { progress($0, $1, heard.seconds) }
        let note = Phrase.joined([heard.note, cast.note])
        let encoding = CPUTime.ofProcess - looking - made.paintingSeconds
        return Summary(
            frames: made.frames, soundSeconds: made.soundSeconds, note: note,
            work: Work(looking: looking, painting: made.paintingSeconds, encoding: encoding))
    }

    /// The painter for this avatar, and what the user may want to know of it.
    private func cast(
        finder: FaceFinder?, persons: PersonFinder?, _ heard: HeardSound, alive: () -> Void
    ) throws(Problem) -> (painter: any Painter, note: Phrase) {
        let source = FaceSource(avatar: avatar, sidecar: points, finder: finder)
        switch MediaFormat.role(ofName: avatar.name) {
        case .still:
            let still = try StillReader.read(avatar, limits: limits)
            return (try painter(of: still, source, persons, heard), still.note)
        case .video:
            let reader = try PingPongReader(avatar, limits: limits)
            let frames = reader.frameRate.frames(covering: heard.seconds)
            if let still = try reader.still {
                return (try painter(of: still, source, persons, heard), reader.note(showing: frames))
            }
            let faces = try source.track(in: reader, most: frames, notebook: notebook, alive: alive)
            return (VideoPainter(reader: reader, face: VideoFaceRenderer(faces: faces)), reader.note(showing: frames))
        case .sound, nil:
            throw .noAvatar(avatar.name)
        }
    }
}

extension Rendering {
    private func painter(
        of still: StillPicture, _ source: FaceSource, _ persons: PersonFinder?, _ heard: HeardSound
    ) throws(Problem) -> any Painter {
        let points = try source.points(in: still.picture, original: (still.sourceWidth, still.sourceHeight))
        let person = life.headMoves ? try persons?.mask(of: still.picture, around: points) : nil
        let face = FaceRenderer(
            still: still.picture, points: points, person: person, life: life, seed: heard.track.seed)
        return StillPainter(picture: still.picture, face: face)
    }
}

extension MouthTrack {
    /// The same sound gives the same blinks, another sound others (FNV-1a).
    fileprivate var seed: UInt64 {
        shapes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.open.bitPattern)) &* 0x100_0000_01b3 }
    }
}

extension MouthListener: Listener {}
