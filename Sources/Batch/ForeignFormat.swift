package import SystemPackage
package import Words

/// Endings of files that people take for an audio or avatar and that can't be used.
package enum ForeignFormat {
    /// - Parameter ending: what stands behind the last dot, in small letters.
    /// - Returns: nil for endings that can be used and for those that no one would take for one.
    package static func kind(ending: String) -> ForeignKind? { kinds[ending] }

    /// By a file's name alone.
    package static func kind(of path: FilePath) -> ForeignKind? { Place(path).flatMap { kind(ending: $0.name.ending) } }

    private static let endings: [(ForeignKind, String)] = [
        (.heic, "heic heif hif"), (.avif, "avif"), (.jpegXL, "jxl"), (.jpeg2000, "jp2 j2k"), (.gif, "gif"),
        (.tiff, "tif tiff"), (.cameraRaw, "dng cr2 cr3 nef arw raf orf rw2 pef srw"), (.photoshop, "psd psb"),
        (.svg, "svg svgz"), (.drawing, "ai eps wmf emf cdr"),
        (.pdf, "pdf"), (.document, "doc docx odt rtf pages wps"), (.slides, "ppt pptx odp key pps ppsx"),
        (.sheet, "xls xlsx ods numbers"), (.archive, "zip rar 7z"), (.shortcut, "lnk url webloc"),
        (.matroskaSound, "mka"), (.phoneRecording, "amr awb"), (.chatVoice, "silk slk"), (.dolby, "ac3 eac3 dts"),
        (.losslessSound, "ape wv tta dsf dff"), (.notes, "mid midi"),
        (.windowsVideo, "wmv asf"), (.flashVideo, "flv f4v"), (.broadcastVideo, "mpg mpeg m2v mts m2ts ts vob"),
        (.realMedia, "rm rmvb ra"), (.oggVideo, "ogv"), (.phoneVideo, "3gp 3g2"),
    ]

    private static let kinds: [String: ForeignKind] = {
        let pairs = endings.flatMap { kind, endings in endings.split(separator: " ").map { (String($0), kind) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}
