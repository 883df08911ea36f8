import Words

/// What a file is by its first bytes, whatever its name says.
enum MediaContent: Hashable, Sendable {
    /// One of ours, by the ending that it ought to have.
    case known(ending: String)
    case foreign(ForeignKind)
    /// Nothing but zeros: room was made for the file, and then nothing was copied into it.
    case blank

    /// Enough for every mark below; a text is known by less.
    static let length = 4096

    /// - Parameter head: the first `length` bytes of the file, or all when it has fewer.
    init?(_ head: [UInt8]) {
        let bytes = FileHead(head)
        guard head.contains(where: { $0 != 0 }) else {
            self = .blank
            return
        }
        let found =
            Self.boxes(bytes) ?? Self.chunks(bytes) ?? Self.marked(bytes) ?? Self.archive(bytes) ?? Self.stream(bytes)
            ?? Self.text(bytes)
        guard let found else { return nil }
        self = found
    }

    /// - Throws: `unsupported` or `cut` when a file is something else than what its role needs.
    static func check(_ file: DescriptorInput, as role: MediaRole) throws(Problem) {
        let content = MediaContent(try file.bytes(at: 0, count: length))
        if let problem = content?.problem(of: file.input.name, as: role) { throw problem }
    }

    /// What is wrong with a file of this content in this role; nil when FFmpeg may try.
    func problem(of name: String, as role: MediaRole) -> Problem? {
        switch self {
        case .blank: .cut(name)
        case .foreign(let kind): kind.problem(of: name, as: role)
        case .known(let ending):
            MediaFormat.all.first { $0.ending == ending }.flatMap { $0.problem(of: name, as: role) }
        }
    }

    /// ISO media files: a size, then `ftyp` and the brands, or what old QuickTime files begin with.
    private static func boxes(_ bytes: FileHead) -> MediaContent? {
        guard bytes.has("ftyp", at: 4) else {
            let isOld = ["moov", "mdat", "wide", "skip", "pnot"].contains { bytes.has($0, at: 4) }
            return isOld ? .known(ending: "mov") : nil
        }
        let brands = stride(from: 8, to: min(bytes.big32(at: 0), 64), by: 4).map { bytes.word(at: $0) }
        if brands.contains(where: ["avif", "avis"].contains) { return .foreign(.avif) }
        switch brands.first {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": return .foreign(.heic)
        case "crx ": return .foreign(.cameraRaw)
        case "qt  ": return .known(ending: "mov")
        case "M4A ", "M4B ": return .known(ending: "m4a")
        default: return .known(ending: "mp4")
        }
    }

    /// RIFF and its like: a word, a size, and a word that says what it holds.
    private static func chunks(_ bytes: FileHead) -> MediaContent? {
        switch (bytes.word(at: 0), bytes.word(at: 8)) {
        case ("RIFF", "WEBP"): .known(ending: "webp")
        case ("RIFF", "WAVE"), ("RF64", "WAVE"): .known(ending: "wav")
        case ("RIFF", "AVI "): .known(ending: "avi")
        case ("FORM", "AIFF"), ("FORM", "AIFC"): .known(ending: "aiff")
        case ("OggS", _): ogg(bytes)
        case (_, _) where bytes.has([0x1a, 0x45, 0xdf, 0xa3], at: 0):
            .known(ending: bytes.contains("webm", before: 64) ? "webm" : "mkv")
        default: nil
        }
    }

    /// The first packet of an Ogg lies behind a page header of 28 bytes and names its codec.
    private static func ogg(_ bytes: FileHead) -> MediaContent {
        if bytes.has("OpusHead", at: 28) { return .known(ending: "opus") }
        let isVideo = bytes.has("\u{80}theora".unicodeScalars.map { UInt8($0.value) }, at: 28)
        return isVideo ? .foreign(.oggVideo) : .known(ending: "ogg")
    }

    private static func marked(_ bytes: FileHead) -> MediaContent? {
        // a bitmap's mark is short, so the size of its second header has to be one of those that exist
        let isBitmap = bytes.has("BM", at: 0) && [12, 16, 40, 52, 56, 64, 108, 124].contains(bytes.little32(at: 14))
        if isBitmap { return .known(ending: "bmp") }
        if let mark = MediaMark.all.first(where: { bytes.has($0.bytes, at: $0.offset) }) { return mark.content }
        // a PDF may begin with some other bytes
        return bytes.contains("%PDF-", before: 1024) ? .foreign(.pdf) : nil
    }

    /// ZIP archives, among them what offices write; and the offices' older compound files.
    private static func archive(_ bytes: FileHead) -> MediaContent? {
        if bytes.has([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], at: 0) { return .foreign(.document) }
        guard bytes.has("PK", at: 0), [0x0403, 0x0605, 0x0807].contains(bytes.little16(at: 2)) else { return nil }
        let end = length
        if bytes.contains("ppt/", before: end) || bytes.contains("opendocument.presentation", before: 128) {
            return .foreign(.slides)
        }
        if bytes.contains("xl/", before: end) || bytes.contains("opendocument.spreadsheet", before: 128) {
            return .foreign(.sheet)
        }
        let isDocument =
            bytes.contains("word/", before: end) || bytes.contains("opendocument.", before: 128)
            || bytes.contains("[Content_Types].xml", before: end)
        return .foreign(isDocument ? .document : .archive)
    }

    /// What has no mark but frames: MPEG sound by its first header, transport streams by their packets.
    private static func stream(_ bytes: FileHead) -> MediaContent? {
        if bytes.byte(at: 0) == 0xff, let second = bytes.byte(at: 1), let third = bytes.byte(at: 2) {
            // ADTS: twelve ones, and no layer
            if second & 0xf6 == 0xf0 { return .known(ending: "aac") }
            // layers two and three; the first would take the mark of UTF-16 for a frame
            let isSound = second & 0xe0 == 0xe0 && [2, 4].contains(second & 0x06) && second & 0x18 != 0x08
            if isSound, third >> 4 != 15, third >> 2 & 3 != 3 { return .known(ending: "mp3") }
        }
        for (offset, size) in [(0, 188), (4, 192)] {
            let isTransport = (0..<4).allSatisfy { bytes.byte(at: offset + $0 * size) == 0x47 }
            if isTransport { return .foreign(.broadcastVideo) }
        }
        return nil
    }

    private static func text(_ bytes: FileHead) -> MediaContent? {
        guard let text = bytes.text?.lowercased() else { return nil }
        if text.contains("<svg") { return .foreign(.svg) }
        if text.contains("<html") || text.contains("<!doctype html") { return .foreign(.webPage) }
        return .foreign(text.contains("[internetshortcut]") ? .shortcut : .text)
    }
}

extension MediaFormat {
    /// A file of this format in a role: well, or under a wrong name.
    fileprivate func problem(of name: String, as wanted: MediaRole) -> Problem? {
        guard role != wanted else { return nil }
        // the sound of an MP4 is read under any name
        if wanted == .sound, demuxer == "mov" { return nil }
        let isVideo = role == .video && wanted == .sound
        let what = Phrase(
            "it is \(role.words.en) (\(ending.uppercased()))", zh: "这是\(role.words.zh)（\(ending.uppercased())）")
        let rename = Phrase("Give it the ending .\(ending).", zh: "请将扩展名改为 .\(ending)。")
        return Problem(.unsupported, file: name, ["what": what, "advice": isVideo ? .export(as: .sound) : rename])
    }
}

extension ForeignKind {
    fileprivate func problem(of name: String, as role: MediaRole) -> Problem? {
        // Windows Media is one container for sound and video
        if role == .sound, self == .windowsVideo { return nil }
        var problem = Problem.foreign(self, file: name)
        let isOfUse =
            switch nature {
            case .picture: role != .sound
            case .sound: role == .sound
            case .video, .other: true
            }
        if !isOfUse {
            problem.values["advice"] = Phrase(
                "Put \(role.words.en) in its place (\(role.advice.en)).", zh: "请换成\(role.words.zh)（\(role.advice.zh)）。")
        }
        return problem
    }
}
