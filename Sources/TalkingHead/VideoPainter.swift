/// A video that is played forth and back and says something else.
final class VideoPainter: Painter {
    let width: Int
    let height: Int
    let frameRate: FrameRate

    private let reader: PingPongReader
    /// One for each source frame that is shown.
    private let faces: [TrackedFace?]
    private let face: VideoFaceRenderer

    init(reader: PingPongReader, faces: [TrackedFace?]) {
        (width, height, frameRate) = (reader.width, reader.height, reader.frameRate)
        self.reader = reader
        self.faces = faces
        face = VideoFaceRenderer(points: faces.map { $0?.points })
    }

    func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) throws(MediaProblem) {
        let source = try reader.picture(at: frame)
        let index = try reader.sourceIndex(at: frame)
        let seen = faces.indices.contains(index) ? faces[index] : nil
        face.render(
            source: source, points: seen?.points, fade: seen?.weight ?? 0, shape: track[time], into: picture)
    }
}
