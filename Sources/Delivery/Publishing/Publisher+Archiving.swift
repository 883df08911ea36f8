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
        let refusal = isLate ? nil : try await offPool { try writeFailedFolder(delivery, items, files) }
        // the marker last: while it is there, the batch can be seen to be unfinished
        var members = files.filter { $0.role != .marker } + files.filter { $0.role == .marker }
        for index in members.indices {
            try Task.checkCancellation()
            if let refusal, members[index].place == .failed {
                members[index].refuse(refusal, to: MemberRecord.Place.failed.folder(batch))
            } else {
                members[index] = try await settle(members[index], of: batch)
            }
        }
        let moved = members
        return try await offPool {
            let copied = try copyShared(moved, of: batch)
            let late = copied.filter { isLate && $0.fate == .moved && $0.isForFailed }
            if !late.isEmpty, let refusal = try writeFailedFolder(delivery, items, late) { throw refusal }
            if !isLate || moved.contains(where: { $0.fate != .refused }) { try syncFolders(of: moved, batch) }
            try Tidying(inbox: try inbox, ownership: ownership, settings: settings, batch: delivery.batch).tidy(copied)
            return copied
        }
    }

    /// - Returns: the member with its fate.
    private func settle(_ member: MemberRecord, of batch: String) async throws -> MemberRecord {
        let inbox = try inbox
        let move = InputMove(inbox: inbox, batch: batch, ownership: ownership, nameLimit: inbox.nameLimit())
        let settled = try await offPool { try move.settle(member) }
        guard let next = settled.nextTarget else { return settled.member }
        var renamed = member
        renamed.target = next
        try await ledger.save(renamed, of: batch)
        return try await settle(renamed, of: batch)
    }

    /// First where the files are now, up to the inbox itself, then where they were: whenever the power fails, each stands
    /// under one of its names.
    private func syncFolders(of members: [MemberRecord], _ batch: String) throws {
        var targets: Set<FilePath> = []
        var sources: Set<FilePath> = []
        for member in members where member.place != .stay {
            sources.insert(member.path.removingLastComponent())
            if let place = member.place, let target = member.target {
                targets.insert(place.folder(batch).pushing(target).removingLastComponent())
            }
            if let second = member.secondTarget {
                targets.insert(MemberRecord.Place.failed.folder(batch).pushing(second).removingLastComponent())
            }
        }
        targets.insert(MemberRecord.Place.failed.folder(batch))
        let inbox = try inbox
        let all = Set(targets.flatMap(\.upwards)).sorted { $0.components.count > $1.components.count }
        for folder in all + sources.subtracting(all) where try inbox.statusIfThere(folder)?.kind == .folder {
            try inbox.sync(folder)
        }
    }
}

extension FilePath {
    /// This and every folder that it is in, but the root itself: `a/b`, `a` and the empty path.
    fileprivate var upwards: [FilePath] {
        (0...components.count).map { FilePath(root: nil, components.prefix($0)) }
    }
}

extension MemberRecord {
    /// It goes to `_failed`, or a copy of it.
    var isForFailed: Bool { place == .failed || secondTarget != nil }

    /// Its turn comes again from time to time.
    mutating func refuse(_ error: Errno, to home: FilePath) {
        fate = .refused
        note = InputMove.words(error, home)
    }
}

extension Errno {
    /// Trying again will not help: somebody has to give a permission, or to clear the way, first.
    var isRefusal: Bool {
        isObstacle || [.permissionDenied, .notPermitted, .readOnlyFileSystem, .improperLink].contains(self)
    }

    /// A file or a symlink stands where a folder is needed.
    var isObstacle: Bool { [.fileExists, .notDirectory, .tooManySymbolicLinkLevels].contains(self) }
}
