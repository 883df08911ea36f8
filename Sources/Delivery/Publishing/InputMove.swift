import Disk
import SystemPackage

/// Brings one input to its place: never replacing, and only the file that was frozen.
struct InputMove {
    let inbox: Folder
    let batch: String
    let ownership: Ownership
    let nameLimit: Int

    struct Settled: Sendable {
        var member: MemberRecord
        /// The place is taken by another file: this is to be planned, then tried.
        var nextTarget: FilePath?
    }

    /// - Returns: the member with its fate.
    /// - Throws: what may be over later, such as a full disk or a share that is away.
    func settle(_ member: MemberRecord) throws(Errno) -> Settled {
        do {
            if member.place == .stay { return try stay(member) }
            guard let place = member.place, let relative = member.target else { return Settled(member: member) }
            let target = place.folder(batch).pushing(relative)
            let isThere = try inbox.statusIfThere(target).map { isMoved($0, member) } ?? false
            if place == .delete, isThere { return try delete(target, member) }
            guard let source = try inbox.statusIfThere(member.path) else {
                if isThere { return ended(member, .moved) }
                // killed between its removal and the commit, or somebody was quicker
                return place == .delete ? ended(member, .deleted) : ended(member, .gone, "it was taken away")
            }
            guard try isFrozen(source, member) else { return ended(member, .late, "it changed after closing") }
            guard try bring(member.path, to: target) else { return try taken(target, member, source) }
            return try putBackIfChanged(member, target)
        } catch  where error.isRefusal {
            return ended(member, .refused, Self.words(error, member.place?.folder(batch)))
        } catch .noSuchFileOrDirectory {
            return ended(member, .gone, "it was taken away")
        }
    }

    /// Where it is refused, no folder is left that was made for it.
    ///
    /// - Returns: false where the place is taken.
    private func bring(_ path: FilePath, to target: FilePath) throws(Errno) -> Bool {
        let made = try ownership.makeFolder(target.removingLastComponent(), in: inbox)
        do {
            try inbox.rename(path, to: inbox, target)
            return true
        } catch .fileExists {
            return false
        } catch {
            if error.isRefusal { for folder in made.reversed() { try? inbox.removeFolder(folder) } }
            throw error
        }
    }

    /// - Parameter home: where it is to go.
    static func words(_ error: Errno, _ home: FilePath?) -> String {
        guard error.isObstacle, let home else { return "it may not be moved: \(error)" }
        return "it can't be moved to \(home): a file or a link stands where a folder is needed"
    }

    private func stay(_ member: MemberRecord) throws(Errno) -> Settled {
        guard let status = try inbox.statusIfThere(member.path) else {
            return ended(member, .gone, "it was taken away")
        }
        return try isFrozen(status, member) ? ended(member, .kept) : ended(member, .late, "it changed after closing")
    }

    /// Only from the hidden folder, where nobody writes to it any more under its name.
    private func delete(_ target: FilePath, _ member: MemberRecord) throws(Errno) -> Settled {
        try inbox.remove(target)
        return ended(member, .deleted)
    }

    /// A kill between link and unlink leaves one file under both names; anything else is another's file.
    private func taken(_ target: FilePath, _ member: MemberRecord, _ source: FileStatus) throws(Errno) -> Settled {
        if try inbox.statusIfThere(target)?.signature.inode == source.signature.inode {
            try inbox.remove(member.path)
            return member.place == .delete ? try delete(target, member) : ended(member, .moved)
        }
        guard let place = member.place, let relative = member.target else { return Settled(member: member) }
        var number = 2
        func next() -> FilePath { relative.numbered(number, nameLimit: nameLimit) }
        while try inbox.statusIfThere(place.folder(batch).pushing(next())) != nil { number += 1 }
        return Settled(member: member, nextTarget: next())
    }

    /// A writer may have come between the look and the move.
    private func putBackIfChanged(_ member: MemberRecord, _ target: FilePath) throws(Errno) -> Settled {
        guard let status = try inbox.statusIfThere(target) else {
            return ended(member, .gone, "it was taken from the archive")
        }
        if isMoved(status, member) {
            return member.place == .delete ? try delete(target, member) : ended(member, .moved)
        }
        do { try inbox.rename(target, to: inbox, member.path) } catch .fileExists {
            return try keepChanged(member, target)
        }
        return ended(member, .late, "it changed after closing")
    }

    /// Its own place is taken and what stands in ours was never delivered: it is not removed in any case.
    private func keepChanged(_ member: MemberRecord, _ target: FilePath) throws(Errno) -> Settled {
        if member.place == .delete, let relative = member.target {
            let safe = MemberRecord.Place.archive.folder(batch).pushing(relative)
            try ownership.makeFolder(safe.removingLastComponent(), in: inbox)
            try inbox.rename(target, to: inbox, safe)
        }
        return ended(member, .moved, "it changed while it was moved, and a new file stands in its place")
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

    private func ended(_ member: MemberRecord, _ fate: MemberRecord.Fate, _ note: String? = nil) -> Settled {
        var member = member
        member.fate = fate
        member.note = note
        return Settled(member: member)
    }
}
