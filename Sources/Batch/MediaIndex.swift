import SystemPackage

/// The audios, avatars and points of one batch, findable by folder and stem, so that a change costs what it touches.
///
/// An item is led by the file that it is named after: its audio or, where one `audio.*` speaks for many, its avatar.
struct MediaIndex: Sendable {
    struct File {
        let path: FilePath
        let role: FileRole
    }

    struct Node {
        private var groups: [Stem: Group] = [:]
        /// Avatars that no audio has by stem and no row of `items.csv` names: an `audio.*` of the folder speaks for them.
        fileprivate(set) var free: Set<FilePath> = []
        fileprivate(set) var subfolders: Set<FilePath> = []

        var isEmpty: Bool { groups.isEmpty && subfolders.isEmpty }
        var files: some Sequence<File> { groups.values.lazy.flatMap(\.files) }
        /// Each stem with its files.
        var stems: some Sequence<(stem: Stem, files: [File])> { groups.lazy.map { ($0, $1.files) } }

        func files(_ stem: Stem) -> [File] { groups[stem]?.files ?? [] }

        fileprivate mutating func insert(_ file: File) {
            if groups[Stem(file.path)]?.rest.append(file) == nil { groups[Stem(file.path)] = Group(first: file) }
        }

        fileprivate mutating func remove(_ path: FilePath) {
            groups[Stem(path)] = Group(files(Stem(path)).filter { $0.path != path })
            free.remove(path)
        }
    }

    /// Files of one stem: mostly one, which costs no array.
    private struct Group {
        let first: File
        var rest: [File] = []

        var files: [File] { [first] + rest }

        init(first: File) { self.first = first }

        init?(_ files: [File]) {
            guard let first = files.first else { return nil }
            self.first = first
            rest = Array(files.dropFirst())
        }
    }

    private(set) var nodes: [FilePath: Node] = [:]
    private(set) var table: TableIndex?
    /// Of the configuration, outside the inbox.
    let defaultAvatar: FilePath?

    init(defaultAvatar: FilePath?) {
        self.defaultAvatar = defaultAvatar
    }

    static func holds(_ role: FileRole) -> Bool { [.audio, .avatar, .points, .foreign].contains(role) }

    mutating func insert(_ place: Place) {
        addFolder(place.folder)
        let file = File(path: place.path, role: place.role)
        nodes[place.folder]?.insert(file)
        table?.insert(place)
        updateFree(around: place)
    }

    mutating func remove(_ place: Place) {
        nodes[place.folder]?.remove(place.path)
        table?.remove(place)
        updateFree(around: place)
        dropEmptyFolders(from: place.folder)
    }

    /// What `items.csv` says from now on; nil without one.
    mutating func setTable(_ content: ItemsTable?) {
        let places = nodes.values.flatMap(\.files).compactMap { Place($0.path) }
        table = content.map(TableIndex.init)
        if table != nil {
            for place in places { table?.insert(place) }
        }
        for place in places where place.role == .avatar { updateFree(place) }
    }

    func group(of place: Place) -> [File] { nodes[place.folder]?.files(Stem(place.path)) ?? [] }

    /// Whether an avatar has an audio of its stem beside it, so that it is no half even where another candidate won.
    func hasAudio(beside avatar: Place) -> Bool { group(of: avatar).contains { $0.role == .audio } }

    // MARK: What a change touches

    /// Every file that leads or may lead an item.
    var leads: [FilePath] {
        nodes.values.flatMap { node in
            node.files.filter { $0.role == .audio }.map(\.path) + node.free
        }
    }

    /// The leads whose pairing may be another one after a change of this file.
    func leads(affectedBy place: Place) -> [FilePath] {
        guard place.role != .foreign else { return table?.leads(affectedBy: place).sortedByBytes() ?? [] }
        let stem = Stem(place.path)
        let group = group(of: place)
        var found = [place.path] + group.filter { $0.role == .audio || $0.role == .avatar }.map(\.path)
        if stem == .avatar, place.role != .audio { found += audios(below: place.folder) }
        if stem == .audio, place.role == .audio { found += nodes[place.folder]?.free ?? [] }
        // these have something else to do as long as there are avatars to speak for
        if place.role != .points { found += speakers(in: place.folder).map(\.path) }
        if let table {
            found += table.leads(affectedBy: place)
            if place.role == .points {
                let avatars = group.filter { $0.role == .avatar }.compactMap { Place($0.path) }
                found += avatars.flatMap(table.audios(naming:))
            }
        }
        return found.count == 1 ? found : Set(found).sortedByBytes()
    }

    func speakers(in folder: FilePath) -> [File] {
        (nodes[folder]?.files(.audio) ?? []).filter { $0.role == .audio }
    }

    private func audios(below folder: FilePath) -> [FilePath] {
        var found: [FilePath] = []
        var folders = [folder]
        while let folder = folders.popLast(), let node = nodes[folder] {
            found += node.files.filter { $0.role == .audio }.map(\.path)
            folders += node.subfolders
        }
        return found
    }

    // MARK: Keeping it

    /// A file can change whether those of its stem, and those that compete with it for a row, have a partner.
    private mutating func updateFree(around place: Place) {
        guard place.role == .audio || place.role == .avatar else { return }
        for file in group(of: place) where file.role == .avatar {
            if let avatar = Place(file.path) { updateFree(avatar) }
        }
        for path in table?.leads(affectedBy: place) ?? [] {
            if let avatar = Place(path), avatar.role == .avatar { updateFree(avatar) }
        }
    }

    private mutating func updateFree(_ avatar: Place) {
        let isFree =
            Stem(avatar.path) != .avatar && !hasAudio(beside: avatar) && table?.names(avatar) != true
        if isFree {
            nodes[avatar.folder]?.free.insert(avatar.path)
        } else {
            nodes[avatar.folder]?.free.remove(avatar.path)
        }
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
