/// Gives the face of a video new speech, frame by frame; head, eyes and brows stay the video's own.
///
/// The old speech goes because a mouth's neutral shape is a closed one, whatever the frame's own mouth does.
/// One thread at a time.
package final class VideoFaceRenderer {
    private let faces: [TrackedFace?]
    /// The mouth's gap when the speaker's lips are shut: the smallest of the video but for outliers.
    private let restGap: Float
    /// Half the mouth's width when it says nothing: the middle one.
    private let restHalfWidth: Float
    /// From the first face seen of each take: colours that changed with the frames would flicker.
    private var complexions: [Int: Complexion] = [:]
    private let weights = CubicWeights()

    /// - Parameter faces: the face in each source frame, nil where there is none.
    package init(faces: [TrackedFace?]) {
        self.faces = faces
        restGap = faces.compactMap { $0?.lips?.greatestGap }.percentile(0.05)
        restHalfWidth = faces.compactMap { $0.map { FaceGeometry.mouthHalfWidth(of: $0.points) } }.percentile(0.5)
    }

    /// Draws source frame `index` with another mouth: as it is where there is no face, half way where a face fades.
    package func render(_ index: Int, source: YUVPicture, shape: MouthShape, into target: YUVPicture) {
        guard faces.indices.contains(index), let face = faces[index], let edges = face.lips, face.weight > 0
        else { return target.copy(from: source) }
        let share = min(1, face.weight)
        var geometry = FaceGeometry(points: face.points)
        geometry.take(edges)
        // a smile that is always there; teeth that come and go are speech
        geometry.showsTeeth = restGap > OpenLips.surelyOpen
        let complexion = complexions[face.take] ?? Complexion(geometry: geometry, picture: source)
        complexions[face.take] = complexion
        let field = ColumnField(geometry: geometry, restGap: restGap, restHalfWidth: restHalfWidth)
        field.shape(shape, share: share)
        let map = FaceMap(
            geometry: geometry, mouth: MouthWarp(geometry: geometry, field: field),
            innerMouth: InnerMouth(
                complexion: complexion, geometry: geometry, shape: shape, middleGap: field.gap,
                softness: 1.3 / geometry.frame.scale,
                strength: share),
            eyelids: .resting(geometry), head: nil, blink: 0, brows: 0)
        let region = FaceRegion(geometry: geometry, picture: source, headMoves: false)
        target.copy(from: source)
        BlockPainter(source: source, target: target, map: map, weights: weights.table).paint(region)
    }
}
