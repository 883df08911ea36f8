/// A kind of file that people drop and that can't be used: what it is, and what to do with it.
///
/// Told by a name's ending or by a file's first bytes; both say the same.
package enum ForeignKind: String, CaseIterable, Hashable, Sendable {
    // pictures
    case heic, avif, jpegXL, jpeg2000, gif, tiff, cameraRaw, photoshop, svg, drawing, icon
    // documents
    case pdf, document, slides, sheet, text, webPage
    // neither
    case archive, program, shortcut
    // sound
    case matroskaSound, phoneRecording, chatVoice, dolby, losslessSound, notes
    // video
    case windowsVideo, flashVideo, broadcastVideo, realMedia, oggVideo, phoneVideo

    /// What could be made of it.
    package enum Nature: Sendable { case picture, sound, video, other }

    package var nature: Nature {
        switch self {
        case .heic, .avif, .jpegXL, .jpeg2000, .gif, .tiff, .cameraRaw, .photoshop, .svg, .drawing, .icon, .pdf,
            .slides:
            .picture
        case .matroskaSound, .phoneRecording, .chatVoice, .dolby, .losslessSound, .notes: .sound
        case .windowsVideo, .flashVideo, .broadcastVideo, .realMedia, .oggVideo, .phoneVideo: .video
        case .document, .sheet, .text, .webPage, .archive, .program, .shortcut: .other
        }
    }

    /// A part of a sentence: “it is …”.
    package var what: Phrase { Phrase("it is \(name.en)", zh: "这是\(name.zh)") }

    /// A sentence of its own.
    package var advice: Phrase {
        switch self {
        case .heic:
            Phrase(
                "Open it and export it as JPEG; for photos to come choose Settings > Camera > Formats > Most Compatible on the iPhone.",
                zh: "请打开后导出为 JPEG；今后可在 iPhone 的“设置 > 相机 > 格式”中选择“兼容性最佳”。")
        case .gif:
            Phrase(
                "Export one picture of it as PNG, or the whole clip as MP4.",
                zh: "请将其中一帧导出为 PNG，或将整段动画导出为 MP4。")
        case .pdf: Phrase("Export the page as PNG.", zh: "请将该页导出为 PNG。")
        case .slides:
            Phrase("Export the slide as PNG, or its video as MP4.", zh: "请将幻灯片导出为 PNG，或将其视频导出为 MP4。")
        case .document, .sheet:
            Phrase(
                "Save the picture or the sound in it as a file of its own.", zh: "请将其中的图片或声音另存为单独的文件。")
        case .text:
            Phrase("Put a picture, a video or a sound in its place.", zh: "请换成图片、视频或声音文件。")
        case .webPage:
            Phrase(
                "Save the picture or sound itself, not the page that shows it.", zh: "请保存图片或声音本身，而不是网页。")
        case .archive: Phrase("Unpack it and drop what is inside.", zh: "请先解压，再放入其中的文件。")
        case .program:
            Phrase("Put a picture, a video or a sound in its place.", zh: "请换成图片、视频或声音文件。")
        case .shortcut: Phrase("Copy the file itself.", zh: "请复制文件本身。")
        case .notes:
            Phrase("Record or export it as WAV or MP3.", zh: "请录制或导出为 WAV 或 MP3。")
        default:
            switch nature {
            case .sound: Phrase("Export it as WAV or MP3.", zh: "请导出为 WAV 或 MP3。")
            case .video: Phrase("Export it as MP4 (H.264).", zh: "请导出为 MP4（H.264）。")
            case .picture, .other: Phrase("Open it and export it as PNG or JPEG.", zh: "请打开后导出为 PNG 或 JPEG。")
            }
        }
    }

    private var name: Phrase {
        switch self {
        case .heic: Phrase("an HEIC picture, as iPhones take them", zh: " HEIC 图片（iPhone 照片格式）")
        case .avif: Phrase("an AVIF picture", zh: " AVIF 图片")
        case .jpegXL: Phrase("a JPEG XL picture", zh: " JPEG XL 图片")
        case .jpeg2000: Phrase("a JPEG 2000 picture", zh: " JPEG 2000 图片")
        case .gif: Phrase("a GIF", zh: " GIF 动图")
        case .tiff: Phrase("a TIFF picture or a camera's raw file", zh: " TIFF 图片或相机 RAW 文件")
        case .cameraRaw: Phrase("a camera's raw file", zh: "相机 RAW 文件")
        case .photoshop: Phrase("a Photoshop file", zh: " Photoshop 文件")
        case .svg: Phrase("an SVG drawing", zh: " SVG 矢量图")
        case .drawing: Phrase("an EPS or Illustrator drawing", zh: " EPS 或 Illustrator 矢量图")
        case .icon: Phrase("an icon file", zh: "图标文件")
        case .pdf: Phrase("a PDF document", zh: " PDF 文档")
        case .document: Phrase("a text document, as Word writes them", zh: "文字文档（如 Word 文档）")
        case .slides: Phrase("a presentation, as PowerPoint writes them", zh: "演示文稿（如 PowerPoint）")
        case .sheet: Phrase("a spreadsheet, as Excel writes them", zh: "电子表格（如 Excel）")
        case .text: Phrase("a text file", zh: "文本文件")
        case .webPage: Phrase("a web page", zh: "网页")
        case .archive: Phrase("an archive, as ZIP programs make them", zh: "压缩包（如 ZIP）")
        case .program: Phrase("a program", zh: "程序")
        case .shortcut: Phrase("a shortcut to another file", zh: "快捷方式")
        case .matroskaSound: Phrase("Matroska sound (MKA)", zh: " Matroska 音频（MKA）")
        case .phoneRecording: Phrase("an AMR recording, as some phones make them", zh: " AMR 录音（部分手机的录音格式）")
        case .chatVoice: Phrase("a voice message of a chat program (SILK)", zh: "聊天软件的语音消息（SILK）")
        case .dolby: Phrase("Dolby sound (AC-3)", zh: "杜比音频（AC-3）")
        case .losslessSound: Phrase("sound in a rare lossless format", zh: "少见的无损音频格式")
        case .notes: Phrase("a MIDI file: notes, not sound", zh: " MIDI 文件（只有乐谱，没有声音）")
        case .windowsVideo: Phrase("a Windows Media video", zh: " Windows Media 视频")
        case .flashVideo: Phrase("a Flash video", zh: " Flash 视频")
        case .broadcastVideo: Phrase("an MPEG broadcast or DVD video", zh: " MPEG 广播或 DVD 视频")
        case .realMedia: Phrase("a RealMedia file", zh: " RealMedia 文件")
        case .oggVideo: Phrase("an Ogg video", zh: " Ogg 视频")
        case .phoneVideo: Phrase("a video of an old phone (3GP)", zh: "旧手机的视频（3GP）")
        }
    }
}

extension Problem {
    /// A file of this kind was dropped where a picture, a video or sound has to be.
    package static func foreign(_ kind: ForeignKind, file: String) -> Problem {
        Problem(.unsupported, file: file, ["what": kind.what, "advice": kind.advice])
    }
}
