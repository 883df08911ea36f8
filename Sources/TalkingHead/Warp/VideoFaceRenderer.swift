/// Gives the face of a video new speech, frame by frame; head, eyes and brows stay the video's own.
///
/// The old speech goes because a mouth's neutral shape is a closed one, whatever the frame's own mouth does.
/// One thread at a time.
package final class VideoFaceRenderer {
    /// The mouth's gap when the speaker's lips are shut: the smallest of the video but for outliers.
    private let restGap: Float
    /// From the first face seen: colours that changed with the frames would flicker.
    private var complexion: Complexion?
    private let weights = CubicWeights()

    /// - Parameter points: the face in each source frame, nil where there is none.
    package init(points: [FacePoints?]) {
        restGap = points.compactMap { $0?.lipGap }.percentile(0.05)
    }

    /// Draws a frame.
    ///
    /// - Parameters:
    ///   - points: the face in this frame; without one it is shown as it is.
    ///   - fade: 1 the new mouth ... 0 the frame as it is, for faces that get lost or turn away.
    package func render(
        source: YUVPicture, points: FacePoints?, fade: Float, shape: MouthShape, into target: YUVPicture
    ) {
        guard let points, fade > 0 else { return target.copy(from: source) }
        var geometry = FaceGeometry(points: points)
        MouthLine.refine(&geometry, in: source)
        let complexion = self.complexion ?? Complexion(geometry: geometry, picture: source)
        self.complexion = complexion
        let field = ColumnField(geometry: geometry, restGap: restGap)
        field.shape(shape, share: min(1, fade))
        let map = FaceMap(
            geometry: geometry, mouth: MouthWarp(geometry: geometry, field: field),
            innerMouth: InnerMouth(
                complexion: complexion, geometry: geometry, shape: shape, softness: 1.3 / geometry.frame.scale,
                strength: min(1, fade), keepsOwnTeeth: false),
            eyelids: .resting(geometry), head: nil, blink: 0, brows: 0)
        let region = FaceRegion(geometry: geometry, picture: source, headMoves: false)
        BlockPainter(source: source, target: target, map: map, weights: weights.table).paint(region)
    }
}
