/// A picture that speaks.
final class StillPainter: Painter {
    let width: Int
    let height: Int
    /// What people expect of speech; a still has no rate of its own.
    let frameRate = FrameRate(25)

    private let face: FaceRenderer

    init(picture: YUVPicture, face: FaceRenderer) {
        (width, height) = (picture.width, picture.height)
        self.face = face
    }

    func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) {
        face.render(time: time, track: track, into: picture)
    }
}
