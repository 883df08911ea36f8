/// Makes a still speak: frame after frame the same picture with another mouth, and a little life.
///
/// Everything outside the head is the still, sample for sample. One thread at a time.
package final class FaceRenderer {
    /// What stays where nothing is drawn.
    private let ground: YUVPicture
    /// What moves: the person, or the whole still where nobody can tell the two apart.
    private let source: YUVPicture
    private let backdrop: Backdrop?
    private let geometry: FaceGeometry
    private let complexion: Complexion
    private let eyelids: Eyelids
    private let drawnMouth: DrawnMouth?
    private let ownTeeth: OwnTeeth?
    private let field: ColumnField
    private let region: FaceRegion
    private let weights = CubicWeights()
    private let headMoves: Bool
    private let settings: LifeSettings
    private let seed: UInt64?
    private var life: Life?
    /// What was drawn into before: outside the region it is the still already.
    private var known: [YUVPicture] = []

    /// - Parameters:
    ///   - points: the face to speak, in pixels of the still.
    ///   - person: where the head is and where its background; without it the background near by goes along a little.
    ///   - seed: the same seed gives the same movie; nil is the seed of the track that is drawn first.
    package init(
        still: YUVPicture, points: FacePoints, person: PersonMask? = nil, life: LifeSettings, seed: UInt64? = nil
    ) {
        var points = points
        points.kind = points.kind ?? FlatInk.kind(of: still, points)
        var geometry = FaceGeometry(points: points)
        MouthLine.refine(&geometry, in: still)
        let complexion = Complexion(geometry: geometry, picture: still)
        self.geometry = geometry
        self.complexion = complexion
        drawnMouth =
            geometry.isDrawing ? DrawnMouth(geometry: geometry, complexion: complexion, picture: still) : nil
        ownTeeth = OwnTeeth(geometry: geometry, picture: still)
        eyelids = Eyelids(geometry: geometry, complexion: complexion, picture: still, hasEyes: points.hasEyes)
        field = ColumnField(geometry: geometry, restGap: geometry.smileGap, smile: geometry.smile)
        headMoves = life.headMoves
        var region = FaceRegion(geometry: geometry, picture: still, headMoves: headMoves)
        let layers =
            headMoves
            ? person.map {
                PersonLayers(
                    still: still, mask: $0, frame: geometry.frame, region: &region,
                    reach: HeadMotion.most(life) * geometry.frame.scale)
            } : nil
        self.region = region
        ground = layers?.backdrop ?? still
        source = layers?.person ?? still
        backdrop = layers.map { Backdrop($0) }
        settings = life
        self.seed = seed
    }

    /// Draws the frame at a time in seconds; times must not fall from call to call.
    ///
    /// - Parameter target: of the still's size. Drawn into again, it is taken to be as it was left; only what changes
    ///   is written then.
    package func render(time: Double, track: MouthTrack, into target: YUVPicture) {
        let shape = track[time]
        var life = life ?? Life(settings: settings, seed: seed ?? track.seed)
        render(shape, life.moment(at: time, open: shape.open), into: target)
        self.life = life
    }

    package func render(_ shape: MouthShape, _ moment: Life.Moment, into target: YUVPicture) {
        field.shape(shape, share: 1)
        let map = FaceMap(
            geometry: geometry, mouth: MouthWarp(geometry: geometry, field: field),
            innerMouth: InnerMouth(
                complexion: complexion, geometry: geometry, shape: shape, middleGap: field.gap,
                softness: 1.3 / geometry.frame.scale,
                ownTeeth: ownTeeth, drawn: drawnMouth),
            eyelids: eyelids,
            head: headMoves
                ? HeadMotion(geometry: geometry, pose: moment.pose, picture: ground, isCutOut: backdrop != nil) : nil,
            blink: moment.blink, brows: moment.brows)
        if !known.contains(where: { $0 === target }) {
            target.copy(from: ground)
            known.append(target)
        }
        var painter = BlockPainter(source: source, target: target, map: map, weights: weights.table)
        painter.backdrop = backdrop
        painter.paint(region)
    }
}
