import SystemPackage

/// Where a file lies in the inbox, and what that makes of it.
struct Place {
    let path: FilePath
    /// The folder that holds it, relative to the inbox; empty at its top.
    let folder: FilePath
    let batch: BatchFolder
    let name: FileName
    /// The role of its name, and `.other` for markers and manifests that lie deeper than the batch's own folder.
    let role: FileRole
    /// What the `*` of a marker's pattern stands for; nil for names that are no marker's.
    let markerStem: [UInt8]?

    /// - Parameter patterns: what markers are called; not needed for audios, avatars and points, which no pattern takes.
    /// - Returns: nil for a path that names no file below the inbox.
    init?(_ path: FilePath, patterns: [NamePattern] = []) {
        guard path.isRelative, let last = path.lastComponent, last.kind == .regular,
            let first = path.components.first
        else { return nil }
        self.path = path
        folder = path.removingLastComponent()
        batch = folder.isEmpty ? .loose : .folder(first)
        name = FileName(last.bytes)
        markerStem = [.foreign, .other].contains(name.role) ? patterns.stem(of: last.bytes) : nil
        let role = markerStem == nil ? name.role : .marker
        let isDeep = folder.components.count > 1
        self.role = isDeep && [.marker, .table, .checksums].contains(role) ? .other : role
    }

    /// A marker at the inbox's top that may be meant for a folder: what stands for the `*` of its pattern.
    var namedBatch: [UInt8]? {
        guard role == .marker, batch == .loose, let markerStem, !markerStem.isEmpty else { return nil }
        return markerStem
    }

    /// A marker, table or list of checksums in a folder inside the batch's own, where it doesn't count.
    var isStray: Bool { role == .other && (markerStem != nil || [.table, .checksums].contains(name.role)) }

    /// Relative to the batch's own folder.
    var relativePath: [UInt8] {
        guard case .folder(let component) = batch else { return path.bytes }
        return Array(path.bytes.dropFirst(component.bytes.count + 1))
    }
}
