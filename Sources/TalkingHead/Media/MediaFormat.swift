import Words

/// For what a file is used.
package enum MediaRole: Hashable, Sendable {
    case still, video, sound

    var words: Phrase {
        switch self {
        case .still: Phrase("a picture", zh: "图片")
        case .video: Phrase("a video", zh: "视频")
        case .sound: Phrase("sound", zh: "声音")
        }
    }

    var advice: Phrase {
        switch self {
        case .still: Phrase("PNG or JPEG", zh: "PNG 或 JPEG")
        case .video: Phrase("MP4 (H.264)", zh: "MP4（H.264）")
        case .sound: Phrase("WAV or MP3", zh: "WAV 或 MP3")
        }
    }
}

/// The formats that are read: one row an ending. Everything else is refused before FFmpeg sees it.
package struct MediaFormat: Hashable, Sendable {
    /// Lower case, without the dot.
    package let ending: String
    package let role: MediaRole
    /// FFmpeg's demuxer; a still has none, its bytes go to the decoder as one packet.
    let demuxer: String?

    package static let all: [MediaFormat] =
        ["png", "jpg", "jpeg", "jfif", "jpe", "webp", "bmp"].map { MediaFormat(ending: $0, role: .still, demuxer: nil) }
        + [
            ("mp4", "mov"), ("mov", "mov"), ("m4v", "mov"), ("mkv", "matroska"), ("webm", "matroska"), ("avi", "avi"),
        ].map { MediaFormat(ending: $0.0, role: .video, demuxer: $0.1) }
        + [
            ("wav", "wav"), ("mp3", "mp3"), ("mpga", "mp3"), ("m4a", "mov"), ("m4b", "mov"), ("aac", "aac"),
            ("flac", "flac"), ("ogg", "ogg"), ("oga", "ogg"), ("opus", "ogg"), ("wma", "asf"), ("aiff", "aiff"),
            ("aif", "aiff"), ("aifc", "aiff"), ("caf", "caf"),
        ].map { MediaFormat(ending: $0.0, role: .sound, demuxer: $0.1) }

    /// The role that a name's ending gives it, in any case of letters; nil for endings that are not in the table.
    package static func role(ofName name: String) -> MediaRole? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        return all.first { $0.ending == ending }?.role
    }

    /// The demuxers of a role, for FFmpeg's `format_whitelist`. A wrong ending within the role is forgiven.
    static func demuxers(of role: MediaRole) -> String {
        var names: [String] = []
        for case .some(let name) in all.filter({ $0.role == role }).map(\.demuxer) where !names.contains(name) {
            names.append(name)
        }
        return names.joined(separator: ",")
    }

    /// The decoders that may be opened for a role, by FFmpeg's names.
    static func decoders(of role: MediaRole) -> Set<String> {
        switch role {
        case .still: ["png", "mjpeg", "webp", "bmp"]
        case .video: pictures
        case .sound: sounds
        }
    }

    /// What phones, cameras, screen recorders, browsers and editing programs of the last twenty years write.
    private static let pictures: Set<String> = [
        "h264", "hevc", "vp8", "vp9", "libdav1d", "mpeg4", "msmpeg4v2", "msmpeg4", "mpeg1video", "mpeg2video", "h263",
        "mjpeg", "prores", "dnxhd", "dvvideo", "ffv1", "huffyuv", "ffvhuff", "utvideo", "qtrle", "png", "rawvideo",
    ]

    private static let sounds: Set<String> = [
        "aac", "alac", "flac", "mp3float", "mp2float", "opus", "vorbis", "speex",
        "wmav1", "wmav2", "wmapro", "wmalossless", "wmavoice",
        "adpcm_ima_wav", "adpcm_ima_qt", "adpcm_ms", "pcm_alaw", "pcm_mulaw",
        "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be",
        "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be",
    ]
}
