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
    ///   - notebook: holds what was found before, and gets what is found now.
    ///   - most: tells how many frames are needed at most. It may wait for that: it is asked once, and late.
    ///   - alive: called now and then, for this may take minutes.
    /// - Throws: `no_face`, `bad_points`, `engine`, what is wrong with the video, or what `most` throws.
    func track(
        in reader: PingPongReader, notebook: Notebook? = nil, most: () throws(Problem) -> Int, alive: () -> Void
    ) throws(Problem) -> [TrackedFace?] {
        let given = try givenPoints(in: reader)
        let way: FaceTracker.Way = if let given { .points(given) } else { .finder(try loadedFinder()) }
        var record = notebook?.record(for: reader, given: given) ?? FaceRecord()
        let early = record.frames.isEmpty ? try FaceFollowing(way, continuing: record, in: reader) : nil
        defer { early?.stop() }
        // so many are looked at however few are needed
        try early?.go(to: FaceRecord.lookAhead, alive: alive)
        let wanted = try most() + FaceRecord.lookAhead
        if !record.isWhole, record.frames.count < wanted {
            let following = if let early { early } else { try FaceFollowing(way, continuing: record, in: reader) }
            record = try following.finish(at: wanted, alive: alive)
            try reader.rewind()
            notebook?.note(record, of: reader)
        }
        guard let faces = record.faces(inFirst: wanted, given: given) else { throw .noFace(avatar.name) }
        return faces
    }

    private func givenPoints(in reader: PingPongReader) throws(Problem) -> FacePoints? {
        guard sidecar != nil else { return nil }
        guard let first = try reader.source(0) else { throw .noPicture(avatar.name) }
        return try points(in: first, original: (reader.sourceWidth, reader.sourceHeight))
    }

    private func loadedFinder() throws(Problem) -> FaceFinder {
        if let finder { return finder }
        throw .engine(
            Phrase("the models that find faces are missing", zh: "缺少人脸检测模型"), advice: .runSetup)
    }
}
