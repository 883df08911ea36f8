import Disk
import SystemPackage

/// Moves one input to its place: never replacing, and only the file that was frozen.
struct InputMove {
    let inbox: Folder
    let batch: String

    struct Settled: Sendable {
        var member: MemberRecord
        /// The place is taken by another file: this is to be planned, then tried.
        var nextTarget: FilePath?
    }

    /// - Returns: the member with its fate.
    /// - Throws: what may be over later, such as a full disk or a share that is away.
    func settle(_ member: MemberRecord) throws(Errno) -> Settled {
        guard let place = member.place, let relative = member.target else { return Settled(member: member) }
        let target = place.folder(batch).pushing(relative)
        do {
            guard let source = try look(member.path) else {
                let isThere = try look(target).map { isMoved($0, member) } ?? false
                return isThere ? ended(member, .moved) : ended(member, .gone, "it was taken away")
            }
            guard try isFrozen(source, member) else { return ended(member, .late, "it changed after closing") }
            try inbox.makeFolder(target.removingLastComponent(), mode: 0o755)
            do { try inbox.rename(member.path, to: inbox, target) } catch .fileExists {
                return try taken(target, member, source)
            }
            return try putBackIfChanged(member, target)
        } catch  where error.isRefusal {
            return ended(member, .refused, "it may not be moved: \(error)")
        } catch .noSuchFileOrDirectory {
            return ended(member, .gone, "it was taken away")
        }
    }

    /// A kill between link and unlink leaves one file under both names; anything else is another's file.
    private func taken(_ target: FilePath, _ member: MemberRecord, _ source: FileStatus) throws(Errno) -> Settled {
        if try look(target)?.signature.inode == source.signature.inode {
            try inbox.remove(member.path)
            return ended(member, .moved)
        }
        guard let place = member.place, let relative = member.target else { return Settled(member: member) }
        var number = 2
        while try look(place.folder(batch).pushing(relative.numbered(number))) != nil { number += 1 }
        return Settled(member: member, nextTarget: relative.numbered(number))
    }

    /// A writer may have come between the look and the move.
    private func putBackIfChanged(_ member: MemberRecord, _ target: FilePath) throws(Errno) -> Settled {
        guard let status = try look(target) else { return ended(member, .gone, "it was taken from the archive") }
        if isMoved(status, member) { return ended(member, .moved) }
        do { try inbox.rename(target, to: inbox, member.path) } catch .fileExists {
            return ended(member, .moved, "it changed while it was moved, and a new file stands in its place")
        }
        return ended(member, .late, "it changed after closing")
    }

    /// Moving changes the change time, and nothing else.
    private func isMoved(_ status: FileStatus, _ member: MemberRecord) -> Bool {
        status.kind == .regular && status.signature.size == member.signature.size
            && status.signature.modified == member.signature.modified
    }

    private func isFrozen(_ status: FileStatus, _ member: MemberRecord) throws(Errno) -> Bool {
        guard status.kind == .regular else { return false }
        if status.signature.isSameContent(as: member.signature) { return true }
        // only inode or change time differ: a copy, or a new name, owner or permission; the content decides
        guard isMoved(status, member) else { return false }
        guard let sha256 = member.sha256 else { return status.signature.inode == member.signature.inode }
        return try ContentHash.sha256(of: try inbox.open(member.path)) == sha256
    }

    private func look(_ path: FilePath) throws(Errno) -> FileStatus? {
        do { return try inbox.status(of: path) } catch .noSuchFileOrDirectory { return nil } catch .notDirectory {
            return nil
        }
    }

    private func ended(_ member: MemberRecord, _ fate: MemberRecord.Fate, _ note: String? = nil) -> Settled {
        var member = member
        member.fate = fate
        member.note = note
        return Settled(member: member)
    }
}
