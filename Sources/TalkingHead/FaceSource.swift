package import Words

/// Where the points of a face come from: the file beside the avatar, or else the finder.
package struct FaceSource {
    package var avatar: MediaInput
    package var sidecar: MediaInput?
    package var finder: FaceFinder?

    package init(avatar: MediaInput, sidecar: MediaInput?, finder: FaceFinder?) {
        self.avatar = avatar
        self.sidecar = sidecar
        self.finder = finder
    }

    /// - Parameter original: the size of the picture before it was reduced, which points in a file are for.
    /// - Throws: `no_face`, `bad_points`, or `engine`.
    package func points(
        in picture: YUVPicture, original: (width: Int, height: Int)
    ) throws(Problem) -> FacePoints {
        if let sidecar {
            // one byte more than allowed shows that there is too much
            let bytes = try DescriptorInput(sidecar).bytes(at: 0, count: FaceSidecar.largest + 1)
            return try FaceSidecar.parse(
                bytes, name: sidecar.name, width: picture.width, height: picture.height, original: original)
        }
        guard let points = try loadedFinder().find(in: picture) else { throw .noFace(avatar.name) }
        return points
    }

    /// The face in each of the first frames of a video; nil where it is lost. Points in a file are for all of them.
    ///
    /// - Parameters:
    ///   - reader: gives the frames.
    ///   - most: frames that are needed at most.
    ///   - notebook: holds what was found before, and gets what is found now.
    ///   - alive: called now and then, for this may take minutes.
    /// - Throws: `no_face`, `bad_points`, `engine`, or what is wrong with the video.
    func track(
        in reader: PingPongReader, most: Int, notebook: Notebook? = nil, alive: () -> Void
    ) throws(Problem) -> [TrackedFace?] {
        let given = try givenPoints(in: reader)
        let way: FaceTracker.Way = if let given { .points(given) } else { .finder(try loadedFinder()) }
        let wanted = most + FaceRecord.lookAhead
        var record = notebook?.record(for: reader, given: given) ?? FaceRecord()
        if !record.isWhole, record.frames.count < wanted {
            let known = record.frames.count
            let last = known > 0 ? try reader.source(known - 1) : nil
            var tracker = FaceTracker(way, continuing: record, after: last)
            try follow(&tracker, known..<wanted, of: reader, alive: alive)
            try reader.rewind()
            record = tracker.record
            notebook?.note(record, of: reader)
        }
        guard let faces = record.faces(inFirst: wanted, given: given) else { throw .noFace(avatar.name) }
        return faces
    }

    private func follow(
        _ tracker: inout FaceTracker, _ range: Range<Int>, of reader: PingPongReader, alive: () -> Void
    ) throws(Problem) {
        let pipeline = FramePipeline(reader, range)
        defer { pipeline.stop() }
        for index in range {
            guard let frame = try pipeline.next() else { return tracker.end() }
            try tracker.add(frame)
            if index % Self.framesALife == 0 { alive() }
        }
    }

    private func givenPoints(in reader: PingPongReader) throws(Problem) -> FacePoints? {
        guard sidecar != nil else { return nil }
        guard let first = try reader.source(0) else { throw .noPicture(avatar.name) }
        return try points(in: first, original: (reader.sourceWidth, reader.sourceHeight))
    }

    /// Often enough on a slow machine, not too often on a quick one.
    static let framesALife = 25

    private func loadedFinder() throws(Problem) -> FaceFinder {
        if let finder { return finder }
        throw .engine(
            Phrase("the models that find faces are missing", zh: "缺少人脸检测模型"), advice: .runSetup)
    }
}
