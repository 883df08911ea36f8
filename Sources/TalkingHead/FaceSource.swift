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
    ///   - alive: called now and then, for this may take minutes.
    /// - Throws: `no_face`, `bad_points`, `engine`, or what is wrong with the video.
    func track(
        in reader: PingPongReader, most: Int, alive: () -> Void
    ) throws(Problem) -> [TrackedFace?] {
        if sidecar != nil {
            guard let first = try reader.source(0) else { throw .noPicture(avatar.name) }
            let points = try points(in: first, original: (reader.sourceWidth, reader.sourceHeight))
            return [TrackedFace?](repeating: TrackedFace(points: points, weight: 1), count: most)
        }
        var tracker = FaceTracker(finder: try loadedFinder())
        for index in 0..<most {
            guard let picture = try reader.source(index) else { break }
            try tracker.add(picture)
            if index % Self.framesALife == 0 { alive() }
        }
        guard let faces = tracker.finish() else { throw .noFace(avatar.name) }
        return faces
    }

    /// Often enough on a slow machine, not too often on a quick one.
    static let framesALife = 25

    private func loadedFinder() throws(Problem) -> FaceFinder {
        if let finder { return finder }
        throw .engine(
            Phrase("the models that find faces are missing", zh: "缺少人脸检测模型"), advice: .runSetup)
    }
}
