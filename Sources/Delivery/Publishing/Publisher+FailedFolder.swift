import Disk
import SystemPackage

/// What `_failed` gets beside the files that are moved there.
extension Publisher {
    /// What tells why, and lets the folder be dropped again; at first before any file goes there.
    ///
    /// - Returns: why it is refused: then no file goes there either, for without it they could not be told from others.
    func writeFailedFolder(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], _ members: [MemberRecord]
    ) throws -> Errno? {
        let hasInputs = members.contains(where: \.isForFailed)
        // files that stay need no folder beside them: the CSV says why
        guard hasInputs || settings.afterDelivery != .keep else { return nil }
        let folder = MemberRecord.Place.failed.folder(delivery.batch.id)
        let files = FailedFolder(delivery: delivery, items: items, hasInputs: hasInputs, settings: settings).files
        guard !files.isEmpty else { return nil }
        let inbox = try inbox
        return try refusal { () throws(Errno) in
            try ownership.makeFolder(folder, in: inbox)
            for (name, bytes) in files.sorted(by: { $0.key.string < $1.key.string }) {
                // of an earlier try, and whole; somebody may be mending it there
                if try inbox.statusIfThere(folder.pushing(name)) != nil { continue }
                try inbox.writeWhole(bytes, to: folder.pushing(name), mode: settings.mode)
                try ownership.take(folder.pushing(name), in: inbox)
            }
        }
    }

    /// Gives `_failed` its own name for what the archive has got and bad items need as well.
    ///
    /// - Returns: the members; one whose copy is refused counts as refused, though it stands in the archive.
    func copyShared(_ members: [MemberRecord], of batch: String) throws -> [MemberRecord] {
        let inbox = try inbox
        return try members.map { member in
            guard member.fate == .moved, let target = member.target, let second = member.secondTarget else {
                return member
            }
            let source = MemberRecord.Place.archive.folder(batch).pushing(target)
            let copy = MemberRecord.Place.failed.folder(batch).pushing(second)
            let refusal = try refusal { () throws(Errno) in
                try ownership.makeFolder(copy.removingLastComponent(), in: inbox)
                try link(source, copy, in: inbox)
            }
            var copied = member
            if let refusal { copied.refuse(refusal, to: MemberRecord.Place.failed.folder(batch)) }
            return copied
        }
    }

    private func refusal(_ work: () throws(Errno) -> Void) throws(Errno) -> Errno? {
        do { try work() } catch {
            guard error.isRefusal else { throw error }
            return error
        }
        return nil
    }

    private func link(_ source: FilePath, _ copy: FilePath, in inbox: Folder) throws(Errno) {
        do {
            try inbox.link(source, to: inbox, copy)
        } catch .fileExists {
            // made before a kill
        } catch .notPermitted, .notSupported, .noFunction, .invalidArgument, .tooManyLinks {
            try copyWhole(source, copy, in: inbox)
        }
    }

    private func copyWhole(_ source: FilePath, _ copy: FilePath, in inbox: Folder) throws(Errno) {
        let partial = copy.removingLastComponent().appending(".heygem-copy.partial")
        do { try inbox.remove(partial) } catch Errno.noSuchFileOrDirectory {}
        let from = try inbox.open(source)
        let to = try inbox.create(partial, mode: settings.mode)
        try to.copyRange(from: from, at: 0, to: 0, count: try from.status().signature.size)
        try to.sync()
        try inbox.rename(partial, to: inbox, copy)
    }
}
