import Batch
import Disk
import Pack
import SystemPackage

/// The videos below a folder, in natural order of their paths. Hidden names are left alone.
struct FolderVideos {
    private static let endings: Set<String> = ["mp4", "avi", "mov", "mkv"]

    /// Relative to the folder.
    private(set) var paths = ByteStrings()
    /// In bytes.
    private(set) var sizes: [Int64] = []
    /// Of the last change, in seconds since 1970.
    private(set) var times: [Int64] = []
    /// What is named like a video or leads somewhere, but is a link or a device.
    private(set) var passedOver: [FilePath] = []

    init(in root: Folder) throws(Errno) { try add(FilePath(), in: root) }

    var count: Int { sizes.count }

    func path(_ index: Int) -> FilePath { FilePath(bytes: paths[index]) }

    private struct Entry {
        var name: Name
        var kind: FileKind
        var signature: FileSignature?
    }

    private mutating func add(_ folder: FilePath, in root: Folder) throws(Errno) {
        // folder by folder, so that a folder's files stay together whatever names its neighbours have
        for entry in try Self.entries(of: folder, in: root) {
            let path = folder.pushing(FilePath(bytes: entry.name.bytes))
            switch entry.kind {
            case .folder: try add(path, in: root)
            case .regular:
                // gone since it was listed
                guard let signature = entry.signature else { continue }
                paths.append(path.bytes)
                sizes.append(signature.size)
                times.append(signature.modified / 1_000_000_000)
            case .symlink, .other: passedOver.append(path)
            }
        }
    }

    private static func entries(of folder: FilePath, in root: Folder) throws(Errno) -> [Entry] {
        var entries: [Entry] = []
        try root.forEachEntry(of: folder) { entry, status in
            guard entry.name.string.first != "." else { return }
            let isVideo = entry.kind == .regular && endings.contains(entry.name.extension?.lowercased() ?? "")
            guard isVideo || entry.kind != .regular else { return }
            entries.append(
                Entry(
                    name: Name(entry.name.bytes), kind: entry.kind, signature: isVideo ? status()?.signature : nil))
        }
        return entries.sorted { $0.name < $1.name }
    }
}
