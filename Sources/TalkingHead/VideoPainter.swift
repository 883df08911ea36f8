import Words

/// A video that is played forth and back and says something else.
final class VideoPainter: Painter {
    let width: Int
    let height: Int
    let frameRate: FrameRate
    let isFilmed = true

    private let reader: PingPongReader
    private let face: VideoFaceRenderer

    init(reader: PingPongReader, face: VideoFaceRenderer) {
        (width, height, frameRate) = (reader.width, reader.height, reader.frameRate)
        self.reader = reader
        self.face = face
    }

    func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) throws(Problem) {
        let index = try reader.sourceIndex(at: frame)
        face.render(index, source: try reader.picture(at: frame), shape: track[time], into: picture)
    }
}
