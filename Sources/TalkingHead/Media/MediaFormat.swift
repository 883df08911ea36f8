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

    package static let all: [MediaFormat] = [
        MediaFormat(ending: "png", role: .still, demuxer: nil),
        MediaFormat(ending: "jpg", role: .still, demuxer: nil),
        MediaFormat(ending: "jpeg", role: .still, demuxer: nil),
        MediaFormat(ending: "mp4", role: .video, demuxer: "mov"),
        MediaFormat(ending: "mov", role: .video, demuxer: "mov"),
        MediaFormat(ending: "wav", role: .sound, demuxer: "wav"),
        MediaFormat(ending: "mp3", role: .sound, demuxer: "mp3"),
        MediaFormat(ending: "m4a", role: .sound, demuxer: "mov"),
        MediaFormat(ending: "flac", role: .sound, demuxer: "flac"),
        MediaFormat(ending: "ogg", role: .sound, demuxer: "ogg"),
    ]

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
        case .still: ["png", "mjpeg"]
        case .video: ["h264", "hevc", "mpeg4", "mjpeg", "vp9", "prores"]
        case .sound:
            [
                "aac", "alac", "flac", "mp3float", "opus", "vorbis", "adpcm_ima_wav", "adpcm_ms", "pcm_alaw",
                "pcm_mulaw", "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le",
                "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be",
            ]
        }
    }
}
