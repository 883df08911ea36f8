import Disk
import SystemPackage
import Watch

/// Removes the folders that a delivery has emptied, as far as nobody's files are left in them.
///
/// What systems keep for themselves (`Thumbs.db`, `.DS_Store`) does not keep a folder: it goes where the inputs went. One
/// that isn't empty, or may not be removed, stays. Throws what may be over in a moment.
struct Tidying {
    let inbox: Folder
    let ownership: Ownership
    let settings: PublisherSettings
    let batch: BatchRecord

    func tidy(_ members: [MemberRecord]) throws(Errno) {
        try removeStaging()
        try removeCutNotes(beside: members)
        let tops = tops(of: members)
        var folders = Set(tops)
        for member in members where member.place != .stay {
            var folder = member.path.removingLastComponent()
            while let top = tops.first(where: folder.starts), folder != top {
                folders.insert(folder)
                folder.removeLastComponent()
            }
        }
        // the whole first: then nothing below it needs a look
        for folder in folders.sorted(by: { $0.components.count < $1.components.count }) where holdsNothing(folder) {
            try clear(folder, isOurs: folder.isFailedFolder)
        }
    }

    /// The batch's own folder, or those in `_failed` from which a retry took its files.
    private func tops(of members: [MemberRecord]) -> [FilePath] {
        let moving = members.filter { $0.place != .stay }
        guard !moving.isEmpty else { return [] }
        let failed = Set(moving.filter { $0.path.starts(with: "_failed") }.map(\.path.firstTwo))
        // where nothing was taken from, the folder may be a new one of somebody else: of a retry all lies in `_failed`
        let own = batch.folder.flatMap { folder in moving.contains { $0.path.starts(with: folder) } ? folder : nil }
        return Array(failed) + (own.map { [$0] } ?? [])
    }

    /// Whether there is no file in it, nor below it, that somebody could miss.
    private func holdsNothing(_ folder: FilePath) -> Bool {
        guard let entries = try? inbox.entries(of: folder) else { return false }
        return entries.allSatisfy { entry in
            if isLeftover(entry, in: folder) || isOwn(entry, in: folder) { return true }
            // another one that a system keeps, such as a `#recycle`, is not ours to remove, not even an empty one
            guard entry.kind == .folder, IgnoredNames.reason(entry.name) != .junk else { return false }
            return holdsNothing(folder.appending(entry.name))
        }
    }

    /// Written by us into a folder in `_failed`.
    private func isOwn(_ entry: FolderEntry, in folder: FilePath) -> Bool {
        folder.isFailedFolder && entry.kind == .regular && ownNames.contains(FilePath(root: nil, [entry.name]))
    }

    private var ownNames: Set<FilePath> { FailedFolder.names(settings) }

    private func clear(_ folder: FilePath, isOurs: Bool) throws(Errno) {
        for entry in (try? inbox.entries(of: folder)) ?? [] {
            let path = folder.appending(entry.name)
            if isLeftover(entry, in: folder) {
                if isOurs || settings.afterDelivery == .delete {
                    try remove(path, entry.kind)
                } else {
                    try moveAlong(path)
                }
            } else if isOwn(entry, in: folder) {
                try unlessRefused { () throws(Errno) in try inbox.remove(path) }
            } else if entry.kind == .folder, IgnoredNames.reason(entry.name) != .junk {
                try clear(path, isOurs: isOurs)
            }
        }
        try unlessRefused { () throws(Errno) in try inbox.removeFolder(folder) }
    }

    /// What may not be removed, or isn't empty, stays.
    private func unlessRefused(_ work: () throws(Errno) -> Void) throws(Errno) {
        do { try work() } catch {
            if error.isPassing { throw error }
        }
    }

    /// Made by systems for themselves, and made again when they need it: a file, or a folder in which nothing else is.
    private func isLeftover(_ entry: FolderEntry, in folder: FilePath) -> Bool {
        switch entry.kind {
        case .regular: Leftover.isFile(entry.name)
        case .folder: Leftover.isFolder(entry.name) && holdsOnlyLeftovers(folder.appending(entry.name))
        case .symlink, .other: false
        }
    }

    private func holdsOnlyLeftovers(_ folder: FilePath) -> Bool {
        guard let entries = try? inbox.entries(of: folder) else { return false }
        return entries.allSatisfy { entry in
            switch entry.kind {
            case .regular: Leftover.isInside(entry.name)
            case .folder: holdsOnlyLeftovers(folder.appending(entry.name))
            case .symlink, .other: false
            }
        }
    }

    private func moveAlong(_ path: FilePath) throws(Errno) {
        var relative = path
        if let top = batch.folder { _ = relative.removePrefix(top) }
        let target = MemberRecord.Place.archive.folder(batch.id).pushing(relative)
        // refused, it stays, and its folder with it
        try unlessRefused { () throws(Errno) in
            try ownership.makeFolder(target.removingLastComponent(), in: inbox)
            try inbox.rename(path, to: inbox, target)
        }
    }

    private func remove(_ path: FilePath, _ kind: FileKind) throws(Errno) {
        guard kind == .folder else {
            return try unlessRefused { () throws(Errno) in try inbox.remove(path) }
        }
        // looked at again: somebody may have put something there
        for entry in (try? inbox.entries(of: path)) ?? [] where entry.kind == .folder || Leftover.isInside(entry.name) {
            try remove(path.appending(entry.name), entry.kind)
        }
        try unlessRefused { () throws(Errno) in try inbox.removeFolder(path) }
    }

    /// Notes beside markers that a kill has cut off before they got their names.
    private func removeCutNotes(beside members: [MemberRecord]) throws(Errno) {
        for marker in members where marker.role == .marker {
            guard let note = marker.path.noteOfMarker?.partialOfWhole, (try? inbox.status(of: note)) != nil else {
                continue
            }
            try unlessRefused { () throws(Errno) in try inbox.remove(note) }
        }
    }

    /// The hidden folder in which files lie for a moment before they are removed.
    private func removeStaging() throws(Errno) {
        let staging = MemberRecord.Place.delete.folder(batch.id)
        let home = staging.removingLastComponent()
        guard (try? inbox.status(of: home)) != nil else { return }
        if (try? inbox.status(of: staging)) != nil { try removeEmpty(staging) }
        try unlessRefused { () throws(Errno) in try inbox.removeFolder(home) }
    }

    private func removeEmpty(_ folder: FilePath) throws(Errno) {
        for entry in (try? inbox.entries(of: folder)) ?? [] where entry.kind == .folder {
            try removeEmpty(folder.appending(entry.name))
        }
        try unlessRefused { () throws(Errno) in try inbox.removeFolder(folder) }
    }
}

extension FilePath {
    fileprivate var firstTwo: FilePath { FilePath(root: nil, components.prefix(2)) }

    /// `_failed/<id>`.
    fileprivate var isFailedFolder: Bool { components.count == 2 && starts(with: "_failed") }
}
