import Words

/// The bytes that a format's files begin with.
struct MediaMark {
    let bytes: [UInt8]
    let offset: Int
    let content: MediaContent

    static let all: [MediaMark] =
        numbers.map { MediaMark(bytes: $0.0, offset: 0, content: $0.1) }
        + words.map { MediaMark(bytes: Array($0.0.utf8), offset: 0, content: .foreign($0.1)) }
        + ours.map { MediaMark(bytes: Array($0.0.utf8), offset: 0, content: .known(ending: $0.1)) }
        // an alias of macOS
        + [MediaMark(bytes: Array("mark".utf8), offset: 8, content: .foreign(.shortcut))]

    private static let numbers: [([UInt8], MediaContent)] = [
        ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], .known(ending: "png")),
        ([0xff, 0xd8, 0xff], .known(ending: "jpg")),
        ([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], .foreign(.windowsVideo)),
        ([0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20], .foreign(.jpeg2000)),
        ([0xff, 0x4f, 0xff, 0x51], .foreign(.jpeg2000)),
        ([0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20], .foreign(.jpegXL)),
        ([0xff, 0x0a], .foreign(.jpegXL)),
        ([0x49, 0x49, 0x2a, 0x00], .foreign(.tiff)),
        ([0x4d, 0x4d, 0x00, 0x2a], .foreign(.tiff)),
        ([0x49, 0x49, 0x2b, 0x00], .foreign(.tiff)),
        ([0x4d, 0x4d, 0x00, 0x2b], .foreign(.tiff)),
        ([0x49, 0x49, 0x55, 0x00], .foreign(.cameraRaw)),
        ([0x00, 0x00, 0x01, 0x00], .foreign(.icon)),
        ([0xc5, 0xd0, 0xd3, 0xc6], .foreign(.drawing)),
        ([0x1f, 0x8b, 0x08], .foreign(.archive)),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], .foreign(.archive)),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], .foreign(.archive)),
        ([0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], .foreign(.shortcut)),
        ([0x7f, 0x45, 0x4c, 0x46], .foreign(.program)),
        ([0x0b, 0x77], .foreign(.dolby)),
        ([0x00, 0x00, 0x01, 0xba], .foreign(.broadcastVideo)),
        ([0x00, 0x00, 0x01, 0xb3], .foreign(.broadcastVideo)),
    ]

    private static let words: [(String, ForeignKind)] = [
        ("GIF8", .gif), ("8BPS", .photoshop), ("%!PS", .drawing), ("FUJIFILMCCD-RAW", .cameraRaw),
        ("IIRO", .cameraRaw), ("Rar!", .archive), ("BZh", .archive), ("{\\rtf", .document),
        ("#!AMR", .phoneRecording), ("#!SILK", .chatVoice), ("\u{2}#!SILK", .chatVoice), ("MAC ", .losslessSound),
        ("wvpk", .losslessSound), ("DSD ", .losslessSound), ("FRM8", .losslessSound), ("TTA1", .losslessSound),
        ("MThd", .notes), (".RMF", .realMedia), ("FLV\u{1}", .flashVideo), ("MZ", .program),
    ]

    private static let ours = [("ID3", "mp3"), ("fLaC", "flac"), ("caff", "caf")]
}
