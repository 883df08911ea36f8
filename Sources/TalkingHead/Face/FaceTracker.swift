package import Words

/// Follows the face of a video avatar. Frames are given in order, one by one; what is kept of each is a
/// `FaceSighting`, so memory grows little however large the frames are.
package struct FaceTracker {
    /// How often a lost face is looked for in the whole picture, and in all of its parts, in pictures.
    private static let (wholeEvery, partsEvery) = (5, 25)
    /// So long a lost face is waited for where it was: who else is in the picture isn't it.
    private static let patience = FaceTrack.longestGap

    package private(set) var record: FaceRecord

    private let way: Way
    private var last: Last?

    /// Where a face's points come from.
    package enum Way {
        case finder(FaceFinder)
        /// Given by a person, for all frames.
        case points(FacePoints)
    }

    /// Of the last picture, as far as the next one needs it.
    private struct Last {
        let glance: Glance
        /// Nil where there was no face, or where faces aren't followed.
        let aligner: FaceAligner?
    }

    /// - Parameters:
    ///   - record: what was found before.
    ///   - picture: the last one that the record tells of.
    package init(_ way: Way, continuing record: FaceRecord = FaceRecord(), after picture: YUVPicture? = nil) {
        self.way = way
        self.record = record
        guard let picture, let sighting = record.sightings.last else { return }
        let frame = SeenFrame(picture)
        last = Last(glance: frame.glance, aligner: aligner(sighting, frame.pyramid))
    }

    package init(finder: FaceFinder) {
        self.init(.finder(finder))
    }

    /// Looks at the next frame.
    ///
    /// - Throws: `engine` when a model fails. That there is no face is no error.
    package mutating func add(_ picture: YUVPicture) throws(Problem) {
        try add(SeenFrame(picture))
    }

    mutating func add(_ frame: SeenFrame) throws(Problem) {
        // files with a rate higher than the camera's show pictures twice
        if frame.glance == last?.glance { return repeatLast() }
        let isCut = last.map { noteChange(frame.glance.difference(from: $0.glance)) } ?? true
        let sighting = try sighting(frame.picture, frame.pyramid, isCut: isCut)
        record.frames.append(Int32(record.sightings.count))
        record.sightings.append(sighting)
        last = Last(glance: frame.glance, aligner: aligner(sighting, frame.pyramid))
    }

    /// There are no more frames.
    package mutating func end() { record.isWhole = true }

    private mutating func repeatLast() {
        record.frames.append(Int32(record.sightings.count - 1))
    }

    /// Whether it is a cut; there the face is looked for anew.
    private mutating func noteChange(_ difference: Float) -> Bool {
        guard Glance.isCut(difference: difference, unrest: record.unrest) else {
            record.unrest = Glance.unrest(record.unrest, after: difference)
            return false
        }
        (record.crop, record.unrest) = (nil, 0)
        return true
    }

    private func aligner(_ sighting: FaceSighting?, _ pyramid: PicturePyramid) -> FaceAligner? {
        guard case .finder = way else { return nil }
        return sighting.map { FaceAligner($0.points, in: pyramid) }
    }

    private mutating func sighting(
        _ picture: YUVPicture, _ pyramid: PicturePyramid, isCut: Bool
    ) throws(Problem) -> FaceSighting? {
        switch way {
        case .points(let face):
            let motion: Similarity? = record.sightings.isEmpty ? nil : .identity
            return FaceSighting(points: face.points, motion: motion, lips: LipEdges(in: picture, face))
        case .finder(let finder):
            let crop = record.crop
            guard let face = try face(in: pyramid, finder, isCut: isCut) else { return nil }
            record.crop = face.crop
            let points = face.points
            let motion = crop.flatMap { self.motion(to: points, of: $0.side, pyramid) }
            let lips = LipEdges(in: picture, FacePoints(points: points, origin: .found))
            return FaceSighting(points: points, motion: motion, lips: lips)
        }
    }

    private func face(
        in pyramid: PicturePyramid, _ finder: FaceFinder, isCut: Bool
    ) throws(Problem) -> MeshedFace? {
        guard let crop = record.crop else { return try anyFace(in: pyramid, finder, isCut: isCut) }
        if last?.aligner != nil {
            let face = try finder.mesh.fit(in: pyramid, crop)
            if finder.isUsable(face) { return face }
        }
        if let face = try finder.face(near: crop, in: pyramid) { return face }
        let lost = record.sightings.reversed().prefix { $0 == nil }.count
        return lost < Self.patience ? nil : try anyFace(in: pyramid, finder, isCut: false)
    }

    /// - Parameter isCut: the picture is the first after a cut, and is worth a long look.
    private func anyFace(
        in pyramid: PicturePyramid, _ finder: FaceFinder, isCut: Bool
    ) throws(Problem) -> MeshedFace? {
        let number = record.sightings.count
        if isCut || number % Self.partsEvery == 0 { return try finder.bestFace(in: pyramid)?.face }
        guard number % Self.wholeEvery == 0 else { return nil }
        return try finder.bestFace(in: pyramid, parts: false)?.face
    }

    /// From the last picture to this one: the mesh says roughly, the pixels exactly. Nil where the face is another one.
    private func motion(to points: [SIMD2<Float>], of side: Float, _ pyramid: PicturePyramid) -> Similarity? {
        guard let aligner = last?.aligner, let before = record.sightings.last??.rigid else { return nil }
        let after = FaceSighting.rigid(points)
        let guess = Similarity(fitting: before, to: after)
        // nobody's head moves half a face, or grows by a fifth, within a frame
        guard (after.mean - before.mean).length < side * 0.3, 0.8..<1.25 ~= guess.scale else { return nil }
        return aligner.motion(to: pyramid, guess: guess) ?? guess
    }
}

extension FaceFinder {
    /// A face where one was last seen, with as much room around it as it is wide: of several the nearest.
    fileprivate func face(near crop: FaceCrop, in pyramid: PicturePyramid) throws(Problem) -> MeshedFace? {
        let square = FaceCrop(centre: crop.centre, side: crop.side * 2)
        let faces = try detector.faces(in: pyramid, square)
        let nearest = faces.min { ($0.centre - crop.centre).length < ($1.centre - crop.centre).length }
        guard let nearest else { return nil }
        return try fit(nearest.crop, in: pyramid)
    }
}
