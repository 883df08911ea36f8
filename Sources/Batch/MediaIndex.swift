import SystemPackage

/// The audios, avatars and points of one batch, findable by folder and stem, so that a change costs what it touches.
struct MediaIndex: Sendable {
    /// What pairing chose for an audio.
    struct Partner {
        let avatar: FilePath
        /// By `avatar.*`, not by stem: a closer one may still come.
        let isDefault: Bool
        /// Candidates of the same standing that lost.
        let losers: [FilePath]
    }

    private struct File {
        let path: FilePath
        let role: FileRole
    }

    private struct Node {
        /// Files whose stems are equal when folded.
        var groups: [FoldedName: [File]] = [:]
        var subfolders: Set<FilePath> = []
        var isEmpty: Bool { groups.isEmpty && subfolders.isEmpty }
    }

    private var nodes: [FilePath: Node] = [:]

    static func holds(_ role: FileRole) -> Bool { [.audio, .avatar, .points].contains(role) }

    mutating func insert(_ place: Place) {
        addFolder(place.folder)
        let file = File(path: place.path, role: place.role)
        nodes[place.folder]?.groups[FoldedName(place.name.stem), default: []].append(file)
    }

    mutating func remove(_ place: Place) {
        let stem = FoldedName(place.name.stem)
        nodes[place.folder]?.groups[stem]?.removeAll { $0.path == place.path }
        if nodes[place.folder]?.groups[stem]?.isEmpty == true { nodes[place.folder]?.groups[stem] = nil }
        dropEmptyFolders(from: place.folder)
    }

    /// The audios whose pairing may be another one after a change of this file.
    func audios(affectedBy place: Place) -> [FilePath] {
        let stem = FoldedName(place.name.stem)
        guard stem == .avatar, place.role != .audio else {
            return (nodes[place.folder]?.groups[stem] ?? []).filter { $0.role == .audio }.map(\.path)
        }
        var found: [FilePath] = []
        var folders = [place.folder]
        while let folder = folders.popLast(), let node = nodes[folder] {
            found += node.groups.values.joined().filter { $0.role == .audio }.map(\.path)
            folders += node.subfolders
        }
        return found.sortedByBytes()
    }

    /// An avatar with the same stem in the same folder, else the nearest `avatar.*` upwards.
    func partner(of audio: Place) -> Partner? {
        let group = nodes[audio.folder]?.groups[FoldedName(audio.name.stem)] ?? []
        if let partner = choose(from: group, stem: audio.name.stem, isDefault: false) { return partner }
        var folder = audio.folder
        while true {
            let group = nodes[folder]?.groups[.avatar] ?? []
            if let partner = choose(from: group, stem: FoldedName.avatar.bytes, isDefault: true) { return partner }
            // The inbox's own top is looked at for loose files only.
            guard folder.components.count > 1 else { return nil }
            folder.removeLastComponent()
        }
    }

    /// `<stem>.face.json` beside an avatar.
    func points(of avatar: Place) -> FilePath? {
        let group = nodes[avatar.folder]?.groups[FoldedName(avatar.name.stem)] ?? []
        let candidates = group.filter { $0.role == .points }.map(\.path).sortedByBytes()
        return candidates.first { Place($0)?.name.stem == avatar.name.stem } ?? candidates.first
    }

    /// Whether an avatar has an audio of its stem beside it, so that it is no half even where another candidate won.
    func hasAudio(beside avatar: Place) -> Bool {
        nodes[avatar.folder]?.groups[FoldedName(avatar.name.stem)]?.contains { $0.role == .audio } ?? false
    }

    private func choose(from group: [File], stem: [UInt8], isDefault: Bool) -> Partner? {
        let avatars = group.filter { $0.role == .avatar }
        guard avatars.count > 1 else {
            return avatars.first.map { Partner(avatar: $0.path, isDefault: isDefault, losers: []) }
        }
        let ranked = avatars.compactMap { file in Place(file.path).map { (path: file.path, name: $0.name) } }
            .sorted { left, right in
                let (leftExact, rightExact) = (left.name.stem == stem, right.name.stem == stem)
                if leftExact != rightExact { return leftExact }
                let leftRank = FileRole.avatarRanks[left.name.ending] ?? .max
                let rightRank = FileRole.avatarRanks[right.name.ending] ?? .max
                return leftRank == rightRank ? left.path.precedes(right.path) : leftRank < rightRank
            }
            .map(\.path)
        return ranked.first.map { Partner(avatar: $0, isDefault: isDefault, losers: Array(ranked.dropFirst())) }
    }

    private mutating func addFolder(_ folder: FilePath) {
        guard nodes[folder] == nil else { return }
        nodes[folder] = Node()
        guard folder.components.count > 1 else { return }
        let parent = folder.removingLastComponent()
        addFolder(parent)
        nodes[parent]?.subfolders.insert(folder)
    }

    private mutating func dropEmptyFolders(from folder: FilePath) {
        var folder = folder
        while nodes[folder]?.isEmpty == true {
            nodes[folder] = nil
            guard folder.components.count > 1 else { return }
            let parent = folder.removingLastComponent()
            nodes[parent]?.subfolders.remove(folder)
            folder = parent
        }
    }
}
