import SystemPackage

/// What systems leave in people's folders for themselves and make again when they need it, so that it may go with a
/// folder that was emptied.
///
/// Far from all names that are ignored: a `#recycle` or `$RECYCLE.BIN` holds what people have removed by mistake, a
/// `#snapshot` what they saved.
enum Leftover {
    private static let files: Set<String> = [
        "thumbs.db", "ehthumbs.db", "desktop.ini",  // Windows Explorer
        ".ds_store", ".localized", ".apdisk", "icon\r",  // macOS
        ".directory",  // KDE
    ]
    private static let folders: Set<String> = [
        "@eadir", "@tmp",  // Synology
        "__macosx",  // macOS, in archives
    ]

    static func isFile(_ name: FilePath.Component) -> Bool {
        let text = name.string.lowercased()
        // “._name” is what macOS keeps of “name” where the file system can't
        return files.contains(text) || text.hasPrefix("._")
    }

    static func isFolder(_ name: FilePath.Component) -> Bool { folders.contains(name.string.lowercased()) }

    /// Whether a file in such a folder is by the system: Synology's are called `SYNOPHOTO_THUMB_M.jpg` or
    /// `1.wav@SynoEAStream`.
    static func isInside(_ name: FilePath.Component) -> Bool {
        let text = name.string.lowercased()
        return isFile(name) || text.hasPrefix("syno") || text.contains("@syno")
    }
}
