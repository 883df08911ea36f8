import Disk
import SystemPackage
import Watch

/// Removes the folders that a delivery has emptied, as far as nobody's files are left in them.
///
/// What systems keep for themselves (`Thumbs.db`, `.DS_Store`) does not keep a folder: it goes where the inputs went. One
/// that isn't empty, or may not be removed, stays.
struct Tidying {
    let inbox: Folder
    let ownership: Ownership
    let settings: PublisherSettings
    let batch: BatchRecord

    func tidy(_ members: [MemberRecord]) {
        removeStaging()
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
            clear(folder, isOurs: folder.isFailedFolder)
        }
    }

    /// The batch's own folder, or those in `_failed` from which a retry took its files.
    private func tops(of members: [MemberRecord]) -> [FilePath] {
        let moving = members.filter { $0.place != .stay }
        guard !moving.isEmpty else { return [] }
        let failed = Set(moving.filter { $0.path.starts(with: "_failed") }.map(\.path.firstTwo))
        return Array(failed) + (batch.folder.map { [$0] } ?? [])
    }

    /// Whether there is no file in it, nor below it, that somebody could miss.
    private func holdsNothing(_ folder: FilePath) -> Bool {
        guard let entries = try? inbox.entries(of: folder) else { return false }
        return entries.allSatisfy { entry in
            if isLeftover(entry.name) { return true }
            if folder.isFailedFolder, ownNames.contains(FilePath(root: nil, [entry.name])) { return true }
            return entry.kind == .folder && holdsNothing(folder.appending(entry.name))
        }
    }

    private var ownNames: Set<FilePath> { FailedFolder.names(settings) }

    private func clear(_ folder: FilePath, isOurs: Bool) {
        for entry in (try? inbox.entries(of: folder)) ?? [] {
            let path = folder.appending(entry.name)
            if isLeftover(entry.name) {
                isOurs || settings.afterDelivery == .delete ? remove(path, entry.kind) : moveAlong(path)
            } else if entry.kind == .folder {
                clear(path, isOurs: isOurs)
            } else if isOurs, ownNames.contains(FilePath(root: nil, [entry.name])) {
                try? inbox.remove(path)
            }
        }
        try? inbox.removeFolder(folder)
    }

    /// Made by systems for themselves, and made again when they need it.
    private func isLeftover(_ name: FilePath.Component) -> Bool {
        let text = name.string.lowercased()
        return IgnoredNames.reason(name) == .junk || text.hasPrefix("._")
            || [".ds_store", ".localized", ".apdisk", ".directory"].contains(text)
    }

    private func moveAlong(_ path: FilePath) {
        var relative = path
        if let top = batch.folder { _ = relative.removePrefix(top) }
        let target = MemberRecord.Place.archive.folder(batch.id).pushing(relative)
        try? ownership.makeFolder(target.removingLastComponent(), in: inbox)
        try? inbox.rename(path, to: inbox, target)
    }

    private func remove(_ path: FilePath, _ kind: FileKind) {
        if kind == .folder {
            for entry in (try? inbox.entries(of: path)) ?? [] { remove(path.appending(entry.name), entry.kind) }
            try? inbox.removeFolder(path)
        } else {
            try? inbox.remove(path)
        }
    }

    /// The hidden folder in which files lie for a moment before they are removed.
    private func removeStaging() {
        let staging = MemberRecord.Place.delete.folder(batch.id)
        let home = staging.removingLastComponent()
        guard (try? inbox.status(of: home)) != nil else { return }
        if (try? inbox.status(of: staging)) != nil { removeEmpty(staging) }
        try? inbox.removeFolder(home)
    }

    private func removeEmpty(_ folder: FilePath) {
        for entry in (try? inbox.entries(of: folder)) ?? [] where entry.kind == .folder {
            removeEmpty(folder.appending(entry.name))
        }
        try? inbox.removeFolder(folder)
    }
}

extension FilePath {
    fileprivate var firstTwo: FilePath { FilePath(root: nil, components.prefix(2)) }

    /// `_failed/<id>`.
    fileprivate var isFailedFolder: Bool { components.count == 2 && starts(with: "_failed") }
}
