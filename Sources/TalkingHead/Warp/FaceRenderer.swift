/// Makes a still speak: frame after frame the same picture with another mouth, and a little life.
///
/// Everything outside the head is the still, sample for sample. One thread at a time.
package final class FaceRenderer {
    private let still: YUVPicture
    private let geometry: FaceGeometry
    private let complexion: Complexion
    private let eyelids: Eyelids
    private let drawnMouth: DrawnMouth?
    private let field: ColumnField
    private let region: FaceRegion
    private let weights = CubicWeights()
    private let headMoves: Bool
    private var life: Life
    /// What was drawn into before: outside the region it is the still already.
    private var known: [YUVPicture] = []

    /// - Parameters:
    ///   - points: the face to speak, in pixels of the still.
    ///   - seed: the same seed gives the same movie.
    package init(still: YUVPicture, points: FacePoints, life: LifeSettings, seed: UInt64) {
        var points = points
        points.kind = points.kind ?? FlatInk.kind(of: still, points)
        var geometry = FaceGeometry(points: points)
        MouthLine.refine(&geometry, in: still)
        let complexion = Complexion(geometry: geometry, picture: still)
        self.still = still
        self.geometry = geometry
        self.complexion = complexion
        drawnMouth =
            geometry.isDrawing ? DrawnMouth(geometry: geometry, complexion: complexion, picture: still) : nil
        eyelids = Eyelids(geometry: geometry, complexion: complexion, picture: still, hasEyes: points.hasEyes)
        field = ColumnField(geometry: geometry, restGap: geometry.smileGap, smile: geometry.smile)
        headMoves = life.headMoves
        region = FaceRegion(geometry: geometry, picture: still, headMoves: headMoves)
        self.life = Life(settings: life, seed: seed)
    }

    /// Draws the frame at a time in seconds; times must not fall from call to call.
    ///
    /// - Parameter target: of the still's size. Drawn into again, it is taken to be as it was left; only what changes
    ///   is written then.
    package func render(time: Double, track: MouthTrack, into target: YUVPicture) {
        let shape = track[time]
        render(shape, life.moment(at: time, open: shape.open), into: target)
    }

    package func render(_ shape: MouthShape, _ moment: Life.Moment, into target: YUVPicture) {
        field.shape(shape, share: 1)
        let map = FaceMap(
            geometry: geometry, mouth: MouthWarp(geometry: geometry, field: field),
            innerMouth: InnerMouth(
                complexion: complexion, geometry: geometry, shape: shape, middleGap: field.gap,
                softness: 1.3 / geometry.frame.scale,
                keepsOwnTeeth: true, drawn: drawnMouth),
            eyelids: eyelids,
            head: headMoves ? HeadMotion(geometry: geometry, pose: moment.pose, picture: still) : nil,
            blink: moment.blink, brows: moment.brows)
        if !known.contains(where: { $0 === target }) {
            target.copy(from: still)
            known.append(target)
        }
        BlockPainter(source: still, target: target, map: map, weights: weights.table).paint(region)
    }
}
