package import Words

/// Gives the face of a video new speech, frame by frame; head, eyes and brows stay the video's own.
///
/// The old speech goes because a mouth's neutral shape is a closed one, whatever the frame's own mouth does.
/// One thread at a time.
package final class VideoFaceRenderer {
    private let faces: [TrackedFace?]
    private let lips: [LipEdges?]
    /// The mouth's gap when the speaker's lips are shut: the smallest of the video but for outliers.
    private let restGap: Float
    /// Half the mouth's width when it says nothing: the middle one.
    private let restHalfWidth: Float
    /// From the first face seen: colours that changed with the frames would flicker.
    private var complexion: Complexion?
    private let weights = CubicWeights()

    /// - Parameters:
    ///   - faces: the face in each source frame, nil where there is none.
    ///   - lips: its lips' edges.
    init(faces: [TrackedFace?], lips: [LipEdges?]) {
        self.faces = faces
        self.lips = lips
        restGap = lips.compactMap { $0?.greatestGap }.percentile(0.05)
        restHalfWidth = faces.compactMap { $0.map { FaceGeometry.mouthHalfWidth(of: $0.points) } }.percentile(0.5)
    }

    /// Draws source frame `index` with another mouth: as it is where there is no face, half way where a face fades.
    package func render(_ index: Int, source: YUVPicture, shape: MouthShape, into target: YUVPicture) {
        guard faces.indices.contains(index), lips.indices.contains(index), let face = faces[index],
            let edges = lips[index], face.weight > 0
        else { return target.copy(from: source) }
        let share = min(1, face.weight)
        var geometry = FaceGeometry(points: face.points)
        geometry.take(edges)
        // a smile that is always there; teeth that come and go are speech
        geometry.showsTeeth = restGap > OpenLips.surelyOpen
        let complexion = self.complexion ?? Complexion(geometry: geometry, picture: source)
        self.complexion = complexion
        let field = ColumnField(geometry: geometry, restGap: restGap, restHalfWidth: restHalfWidth)
        field.shape(shape, share: share)
        let map = FaceMap(
            geometry: geometry, mouth: MouthWarp(geometry: geometry, field: field),
            innerMouth: InnerMouth(
                complexion: complexion, geometry: geometry, shape: shape, middleGap: field.gap,
                softness: 1.3 / geometry.frame.scale,
                strength: share, keepsOwnTeeth: false),
            eyelids: .resting(geometry), head: nil, blink: 0, brows: 0)
        let region = FaceRegion(geometry: geometry, picture: source, headMoves: false)
        target.copy(from: source)
        BlockPainter(source: source, target: target, map: map, weights: weights.table).paint(region)
    }
}

extension VideoFaceRenderer {
    /// Looks at the lips of frames in order, as `picture` gives them until it has no more.
    package convenience init(
        faces: [TrackedFace?], picture: (Int) throws(Problem) -> YUVPicture?
    ) throws(Problem) {
        var track = LipTrack()
        for (index, face) in faces.enumerated() {
            guard let picture = try picture(index) else { break }
            track.add(picture, points: face?.points)
        }
        self.init(faces: faces, lips: track.finish())
    }
}
