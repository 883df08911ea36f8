import Disk
import Pack
import SystemPackage

/// F7 and L8: the inputs go where the plan says.
extension Publisher {
    func archive(_ delivery: DeliveryRecord) async throws {
        let batch = delivery.batch.id
        let items = try await ledger.items(of: batch)
        let all = try await ledger.members(of: batch)
        // the marker last: while it is there, the batch can be seen to be unfinished
        var members = all.filter { $0.role != .marker } + all.filter { $0.role == .marker }
        try await offPool { try writeReasons(of: delivery.batch, items) }
        for index in members.indices {
            try Task.checkCancellation()
            members[index] = try await settle(members[index], of: batch)
        }
        let moved = members
        try await offPool {
            try copyShared(moved, of: batch)
            try syncFolders(of: moved, batch)
            removeEmptied(moved, of: delivery.batch)
        }
        try await ledger.archive(delivery, members, at: date())
    }

    /// - Returns: the member with its fate.
    private func settle(_ member: MemberRecord, of batch: String) async throws -> MemberRecord {
        let move = InputMove(inbox: inbox, batch: batch)
        let settled = try await offPool { try move.settle(member) }
        guard let next = settled.nextTarget else { return settled.member }
        var renamed = member
        renamed.target = next
        try await ledger.save(renamed, of: batch)
        return try await settle(renamed, of: batch)
    }

    private func writeReasons(of batch: BatchRecord, _ items: [ItemRecord]) throws {
        let bad = items.filter { $0.status != .ok }
        guard !bad.isEmpty else { return }
        let folder = MemberRecord.Place.failed.folder(batch.id)
        let table = ResultTable(batch: batch, items: bad).csv
        // where it is refused, the files can't be moved either, and say so
        try unlessRefused { () throws(Errno) in
            try inbox.makeFolder(folder, mode: 0o755)
            try inbox.writeWhole(table, to: folder.pushing(MemberRecord.reasons))
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
                try inbox.makeFolder(copy.removingLastComponent(), mode: 0o755)
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
        } catch .notPermitted, .notSupported, .noFunction, .invalidArgument {
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
        for folder in folders where try exists(folder, in: inbox) { try inbox.sync(folder) }
    }

    /// Removes the batch's folders that its files were in, deepest first, as far as they are empty now.
    private func removeEmptied(_ members: [MemberRecord], of batch: BatchRecord) {
        guard let top = batch.folder else { return }
        var folders: Set<FilePath> = []
        for member in members {
            var folder = member.path.removingLastComponent()
            while folder.starts(with: top), !folder.isEmpty {
                folders.insert(folder)
                folder.removeLastComponent()
            }
        }
        let deepestFirst = folders.sorted { $0.components.count > $1.components.count }
        // one that isn't empty, or may not be removed, stays
        for folder in deepestFirst { try? inbox.removeFolder(folder) }
    }
}

extension Errno {
    /// Trying again will not help: somebody has to give a permission first.
    var isRefusal: Bool {
        [.permissionDenied, .notPermitted, .readOnlyFileSystem, .improperLink].contains(self)
    }
}
