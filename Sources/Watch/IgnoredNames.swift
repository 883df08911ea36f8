package import SystemPackage

/// The names that are never taken for somebody's file: of files and of folders, compared without case.
///
/// Each group says who makes them. All names that start with a dot are ignored too, which covers rsync, Syncthing,
/// ProFTPD, macOS, NFS, FUSE and many editors.
package enum IgnoredNames {
    // MARK: Files that are still being written

    private static let temporaryPrefixes = [
        "~$",  // Microsoft Office's owner files
        "~syncthing~",  // Syncthing on Windows
        "_unpack_",  // SABnzbd: folders that are being unpacked
    ]
    private static let temporarySuffixes = [
        ".part",  // Firefox, many downloaders
        ".partial",  // rclone, Internet Explorer
        ".filepart",  // WinSCP
        ".crdownload",  // Chrome, Edge
        ".download",  // Safari
        ".opdownload",  // Opera
        ".tmp", ".temp",  // everybody
        ".tmp.drivedownload",  // Google Drive
        ".aria2", ".!qb", ".!ut", ".!sync", ".bts",  // aria2, qBittorrent, µTorrent, BitTorrent Sync
        ".ytdl",  // yt-dlp
        ".unison",  // Unison
        ".kate-swp",  // Kate
        ".lock",
        "~",  // editors' backups
    ]

    // MARK: What systems keep for themselves

    private static let junk: Set<String> = [
        "thumbs.db", "ehthumbs.db", "desktop.ini",  // Windows Explorer
        "$recycle.bin", "system volume information", "recycler",  // Windows drives
        "__macosx", "icon\r", "network trash folder", "temporary items",  // macOS
        "@eadir", "@tmp", "#recycle", "#snapshot",  // Synology
        "@recycle", "@recently-snapshot", "@transcode",  // QNAP
        "lost+found",  // ext4
    ]

    /// Why a name is ignored; nil for all others.
    package static func reason(_ name: FilePath.Component) -> Ignored? {
        let text = name.string.lowercased()
        if text.hasPrefix(".") { return .hidden }
        if temporaryPrefixes.contains(where: text.hasPrefix) { return .temporary }
        if temporarySuffixes.contains(where: text.hasSuffix) { return .temporary }
        if isInodeName(text) { return .temporary }
        return junk.contains(text) ? .junk : nil
    }

    /// "#12345": an unnamed file (O_TMPFILE) as ext4 tells of it.
    private static func isInodeName(_ text: String) -> Bool {
        text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "#")
            && text.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
