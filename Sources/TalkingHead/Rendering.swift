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
        let hearing = Hearing(renderer)
        defer { hearing.stop() }
        let cast = try cast(finder: finder, persons: persons) { () throws(Problem) -> Hearing.Heard in
            let heard = try hearing.wait { progress(0, 0, nil) }
            progress(0, 0, heard.sound.seconds)
            return heard
        } alive: {
            progress(0, 0, $0)
        }
        finder?.close()
        persons?.close()
        let looking = CPUTime.ofProcess
        let heard = cast.heard.sound
        let made = try renderer.render(heard, cast.heard.encoded, painter: cast.painter) {
            progress($0, $1, heard.seconds)
        }
        let note = Phrase.joined([heard.note, cast.note])
        let encoding = CPUTime.ofProcess - looking - made.paintingSeconds
        return Summary(
            frames: made.frames, soundSeconds: made.soundSeconds, note: note,
            work: Work(looking: looking, painting: made.paintingSeconds, encoding: encoding))
    }

    /// Who paints, and what was heard meanwhile.
    private struct Cast {
        let painter: any Painter
        let heard: Hearing.Heard
        /// What the user may want to know of the avatar.
        let note: Phrase
    }

    private typealias Hear = () throws(Problem) -> Hearing.Heard

    /// Looks at the avatar while the sound is heard. Where both are bad, the sound's problem is told.
    ///
    /// - Parameters:
    ///   - hear: waits for the sound.
    ///   - alive: called now and then, with the seconds of the sound if they are known.
    private func cast(
        finder: FaceFinder?, persons: PersonFinder?, hear: Hear, alive: (Double?) -> Void
    ) throws(Problem) -> Cast {
        let source = FaceSource(avatar: avatar, sidecar: points, finder: finder)
        switch MediaFormat.role(ofName: avatar.name) {
        case .still:
            let looked = Result { () throws(Problem) in
                let warmUp = ModelWarmUp(finder, persons)
                let read = Result { () throws(Problem) in try StillReader.read(avatar, limits: limits) }
                warmUp.wait()
                let still = try read.get()
                return (painter: try painter(of: still, source, persons), note: still.note)
            }
            let heard = try hear()
            let still = try looked.get()
            return Cast(painter: still.painter, heard: heard, note: still.note)
        case .video:
            let looked = Result { () throws(Problem) in try castVideo(source, persons, hear, alive) }
            _ = try hear()
            return try looked.get()
        case .sound, nil:
            _ = try hear()
            throw .noAvatar(avatar.name)
        }
    }

    private func castVideo(
        _ source: FaceSource, _ persons: PersonFinder?, _ hear: Hear, _ alive: (Double?) -> Void
    ) throws(Problem) -> Cast {
        let reader = try PingPongReader(avatar, limits: limits)
        if let still = try reader.still {
            let painter = try painter(of: still, source, persons)
            return cast(painter, of: reader, try hear())
        }
        var heard: HeardSound?
        let faces = try source.track(in: reader, notebook: notebook) { () throws(Problem) -> Int in
            let sound = try hear().sound
            heard = sound
            reader.shown = reader.frameRate.frames(covering: sound.seconds)
            return reader.shown
        } alive: {
            alive(heard?.seconds)
        }
        return cast(VideoPainter(reader: reader, face: VideoFaceRenderer(faces: faces)), of: reader, try hear())
    }

    private func cast(_ painter: any Painter, of reader: PingPongReader, _ heard: Hearing.Heard) -> Cast {
        let frames = reader.frameRate.frames(covering: heard.sound.seconds)
        return Cast(painter: painter, heard: heard, note: reader.note(showing: frames))
    }

    private func painter(
        of still: StillPicture, _ source: FaceSource, _ persons: PersonFinder?
    ) throws(Problem) -> any Painter {
        let points = try source.points(in: still.picture, original: (still.sourceWidth, still.sourceHeight))
        let person = life.headMoves ? try persons?.mask(of: still.picture, around: points) : nil
        let face = FaceRenderer(still: still.picture, points: points, person: person, life: life)
        return StillPainter(picture: still.picture, face: face)
    }
}

extension MouthListener: Listener {}
