import Words

/// What FFmpeg is at, for the sentence that says that it failed.
enum MediaStep {
    case preparingPicture, writingPicture, openingVideo, writingVideo, convertingSound, encodingSound, encoding
    /// By FFmpeg's name.
    case openingEncoder(String)

    var words: Phrase {
        switch self {
        case .preparingPicture: Phrase("preparing the picture", zh: "处理画面")
        case .writingPicture: Phrase("writing the picture", zh: "写入图片")
        case .openingVideo: Phrase("opening the video", zh: "打开视频")
        case .writingVideo: Phrase("writing the video", zh: "写入视频")
        case .convertingSound: Phrase("converting the sound", zh: "转换声音")
        case .encodingSound: Phrase("encoding the sound", zh: "编码声音")
        case .encoding: Phrase("encoding", zh: "编码")
        case .openingEncoder(let name): Phrase("opening the encoder \(name)", zh: "打开编码器 \(name) ")
        }
    }
}
