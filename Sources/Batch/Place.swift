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

    /// - Returns: nil for a path that names no file below the inbox.
    init?(_ path: FilePath) {
        guard path.isRelative, let last = path.lastComponent, last.kind == .regular,
            let first = path.components.first
        else { return nil }
        self.path = path
        folder = path.removingLastComponent()
        batch = folder.isEmpty ? .loose : .folder(first)
        name = FileName(last.bytes)
        let isDeep = folder.components.count > 1
        role = isDeep && [.marker, .table, .checksums].contains(name.role) ? .other : name.role
    }

    /// A marker at the inbox's top that may be meant for a folder: what stands before `.batch`.
    var namedBatch: [UInt8]? {
        role == .marker && batch == .loose && !name.stem.isEmpty ? name.stem : nil
    }

    var isStrayMarker: Bool { role == .other && name.role == .marker }
}
