import Disk
import Pack
import SystemPackage

/// F7 and L8: the inputs go where the plan says.
extension Publisher {
    func archive(_ delivery: DeliveryRecord) async throws {
        let members = try await move(try await ledger.members(of: delivery.batch.id), of: delivery)
        try await ledger.archive(delivery, members, at: date())
    }

    /// Brings files to their places, with all that belongs to it.
    ///
    /// - Parameter isLate: whether the others of the delivery were moved before. The folder in `_failed` may have been
    ///   dropped again since then: it is not made anew for nothing.
    /// - Returns: the files with their fates.
    func move(
        _ files: [MemberRecord], of delivery: DeliveryRecord, isLate: Bool = false
    ) async throws -> [MemberRecord] {
        let batch = delivery.batch.id
        let items = try await ledger.items(of: batch)
        if !isLate { try await offPool { try writeFailedFolder(delivery, items, files) } }
        // the marker last: while it is there, the batch can be seen to be unfinished
        var members = files.filter { $0.role != .marker } + files.filter { $0.role == .marker }
        for index in members.indices {
            try Task.checkCancellation()
            members[index] = try await settle(members[index], of: batch)
        }
        let moved = members
        try await offPool {
            try copyShared(moved, of: batch)
            let late = moved.filter { isLate && $0.fate == .moved && $0.isForFailed }
            if !late.isEmpty { try writeFailedFolder(delivery, items, late) }
            try syncFolders(of: moved, batch)
            Tidying(inbox: inbox, ownership: ownership, settings: settings, batch: delivery.batch).tidy(moved)
        }
        return members
    }

    /// - Returns: the member with its fate.
    private func settle(_ member: MemberRecord, of batch: String) async throws -> MemberRecord {
        let move = InputMove(inbox: inbox, batch: batch, ownership: ownership, nameLimit: inbox.nameLimit())
        let settled = try await offPool { try move.settle(member) }
        guard let next = settled.nextTarget else { return settled.member }
        var renamed = member
        renamed.target = next
        try await ledger.save(renamed, of: batch)
        return try await settle(renamed, of: batch)
    }

    /// What tells why, and lets the folder be dropped again; at first before any file goes there.
    private func writeFailedFolder(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], _ members: [MemberRecord]
    ) throws {
        let hasInputs = members.contains(where: \.isForFailed)
        // files that stay need no folder beside them: the CSV says why
        guard hasInputs || settings.afterDelivery != .keep else { return }
        let folder = MemberRecord.Place.failed.folder(delivery.batch.id)
        let files = FailedFolder(delivery: delivery, items: items, hasInputs: hasInputs, settings: settings).files
        guard !files.isEmpty else { return }
        // where it is refused, the files can't be moved either, and say so
        try unlessRefused { () throws(Errno) in
            try ownership.makeFolder(folder, in: inbox)
            for (name, bytes) in files.sorted(by: { $0.key.string < $1.key.string }) {
                // of an earlier try, and whole; somebody may be mending it there
                if try inbox.statusIfThere(folder.pushing(name)) != nil { continue }
                try inbox.writeWhole(bytes, to: folder.pushing(name), mode: settings.mode)
                ownership.take(folder.pushing(name), in: inbox)
            }
        }
    }

    /// Gives `_failed` its own name for what the archive has got and bad items need as well.
    private func copyShared(_ members: [MemberRecord], of batch: String) throws {
        for member in members where member.fate == .moved {
            guard let target = member.target, let second = member.secondTarget else { continue }
            let source = MemberRecord.Place.archive.folder(batch).pushing(target)
            let copy = MemberRecord.Place.failed.folder(batch).pushing(second)
            // where it is refused, it still stands in the archive
            try unlessRefused { () throws(Errno) in
                try ownership.makeFolder(copy.removingLastComponent(), in: inbox)
                try link(source, copy)
            }
        }
    }

    private func unlessRefused(_ work: () throws(Errno) -> Void) throws(Errno) {
        do { try work() } catch {
            guard error.isRefusal else { throw error }
        }
    }

    private func link(_ source: FilePath, _ copy: FilePath) throws(Errno) {
        do {
            try inbox.link(source, to: inbox, copy)
        } catch .fileExists {
            // made before a kill
        } catch .notPermitted, .notSupported, .noFunction, .invalidArgument, .tooManyLinks {
            try copyWhole(source, copy)
        }
    }

    private func copyWhole(_ source: FilePath, _ copy: FilePath) throws(Errno) {
        let partial = copy.removingLastComponent().appending(".heygem-copy.partial")
        do { try inbox.remove(partial) } catch Errno.noSuchFileOrDirectory {}
        let from = try inbox.open(source)
        let to = try inbox.create(partial, mode: settings.mode)
        try to.copyRange(from: from, at: 0, to: 0, count: try from.status().signature.size)
        try to.sync()
        try inbox.rename(partial, to: inbox, copy)
    }

    private func syncFolders(of members: [MemberRecord], _ batch: String) throws {
        var folders: Set<FilePath> = []
        for member in members where member.fate == .moved {
            guard let place = member.place, let target = member.target else { continue }
            folders.insert(member.path.removingLastComponent())
            folders.insert(place.folder(batch).pushing(target).removingLastComponent())
            if let second = member.secondTarget {
                folders.insert(MemberRecord.Place.failed.folder(batch).pushing(second).removingLastComponent())
            }
        }
        for folder in folders where try inbox.statusIfThere(folder)?.kind == .folder { try inbox.sync(folder) }
    }
}

extension MemberRecord {
    /// It goes to `_failed`, or a copy of it.
    fileprivate var isForFailed: Bool { place == .failed || secondTarget != nil }
}

extension Errno {
    /// Trying again will not help: somebody has to give a permission, or to clear the way, first.
    var isRefusal: Bool {
        isObstacle || [.permissionDenied, .notPermitted, .readOnlyFileSystem, .improperLink].contains(self)
    }

    /// A file or a symlink stands where a folder is needed.
    var isObstacle: Bool { [.fileExists, .notDirectory, .tooManySymbolicLinkLevels].contains(self) }
}
