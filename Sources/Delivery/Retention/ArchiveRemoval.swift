import Disk
import SystemPackage

/// Removes a batch's folder from `_archive`: what we put there, as long as it is what we put there.
struct ArchiveRemoval {
    let inbox: Folder
    let top: FilePath
    /// Ours, by their paths.
    private let ours: [FilePath: MemberRecord]
    private let cancellation: Cancellation
    private(set) var removed: Removed

    init(
        _ batch: String, _ members: [MemberRecord], in inbox: Folder, because key: String, _ cancellation: Cancellation
    ) {
        (self.inbox, self.cancellation) = (inbox, cancellation)
        let top = MemberRecord.Place.archive.folder(batch)
        self.top = top
        let moved = members.compactMap { member -> (FilePath, MemberRecord)? in
            guard member.place == .archive, member.fate == .moved, let target = member.target else { return nil }
            return (top.pushing(target), member)
        }
        ours = Dictionary(moved) { first, _ in first }
        removed = Removed(part: .archive, batch: batch, key: key)
    }

    /// Goes on where it was when it is refused in between.
    mutating func run() throws(Errno) {
        // somebody may have removed it, or put something else in its place
        guard try inbox.statusIfThere(top)?.kind == .folder else { return }
        try clear(top)
    }

    /// - Returns: whether the folder is gone.
    @discardableResult
    private mutating func clear(_ folder: FilePath) throws(Errno) -> Bool {
        var isEmpty = true
        for entry in try inbox.entries(of: folder) {
            try cancellation.check()
            let path = folder.appending(entry.name)
            let isGone = entry.kind == .folder ? try clear(path) : try remove(path, entry.kind)
            if !isGone { isEmpty = false }
        }
        guard isEmpty else { return false }
        do throws(Errno) { try inbox.removeFolder(folder) } catch {
            // somebody has just put something there
            guard error == .directoryNotEmpty else { throw error }
            return false
        }
        return true
    }

    private mutating func remove(_ path: FilePath, _ kind: FileKind) throws(Errno) -> Bool {
        guard kind == .regular, let status = try inbox.statusIfThere(path) else { return kind == .regular }
        let isOurs = ours[path]?.isUnchanged(status) ?? false
        guard isOurs || isLeftover(path) else {
            removed.left += 1
            return false
        }
        try inbox.remove(path)
        if isOurs {
            removed.files += 1
            removed.bytes += status.signature.size
        }
        return true
    }

    /// Made by systems for themselves.
    private func isLeftover(_ path: FilePath) -> Bool {
        guard let name = path.lastComponent else { return false }
        return Leftover.isFile(name) || path.components.contains(where: Leftover.isFolder) && Leftover.isInside(name)
    }
}

extension MemberRecord {
    /// Neither number nor change time tell: shares give other ones after a while.
    fileprivate func isUnchanged(_ status: FileStatus) -> Bool {
        status.kind == .regular && status.signature.size == signature.size
            && status.signature.modified == signature.modified
    }
}
