import Disk
import Pack
import SystemPackage

/// F5 and L6: the files get their final names, never replacing anything.
extension Publisher {
    func expose(_ delivery: DeliveryRecord) async throws {
        guard delivery.outbox.map({ $0 == outboxRoot.id }) ?? true else { throw OtherOutbox(path: outboxRoot.path) }
        var delivery = delivery
        while true {
            do {
                let current = delivery
                try await offPool {
                    for file in ResultFile.all(zips: current.zips.count) { try expose(file, of: current) }
                    try outbox.sync()
                }
                break
            } catch is NameTaken {
                // the next name is committed first, for the whole set
                let name = try freeBaseName(delivery, from: delivery.formerBaseNames.count + 2)
                try await ledger.plan(delivery, baseName: name)
                delivery = try await ledger.delivery(delivery.id)
            }
        }
        let plan = MovePlan(
            batch: delivery.batch, items: try await ledger.items(of: delivery.batch.id),
            members: try await ledger.members(of: delivery.batch.id), settings: settings,
            nameLimit: try inbox.nameLimit())
        try await ledger.deliver(delivery, plan: plan.members, at: date())
    }

    private struct NameTaken: Error {}

    private func expose(_ file: ResultFile, of delivery: DeliveryRecord) throws {
        guard let baseName = delivery.baseName else { throw LedgerProblem.missing("base name") }
        if case .checksum(let part) = file { try renewChecksum(of: part, of: delivery) }
        let sources = [file.partialName(delivery.id)] + delivery.otherBaseNames.reversed().map(file.finalName)
        let final = file.finalName(baseName)
        for (index, source) in sources.enumerated() {
            guard try outbox.statusIfThere(source) != nil else { continue }
            // the hidden name is ours alone; under a former name somebody else's file may stand
            guard try index == 0 || isOurs(file, source, of: delivery) else { continue }
            return try rename(source, to: final)
        }
        // neither here nor there: it has its name already, or a reader took it
    }

    private func rename(_ source: FilePath, to final: FilePath) throws {
        do {
            try outbox.rename(source, to: outbox, final)
        } catch Errno.fileExists {
            // where renaming is linking and unlinking, a kill leaves both names
            guard try outbox.statusIfThere(final)?.signature.inode == outbox.statusIfThere(source)?.signature.inode
            else { throw NameTaken() }
            try outbox.remove(source)
        }
    }

    /// A checksum file names its ZIP, so that another name needs another file.
    private func renewChecksum(of part: ZipPart, of delivery: DeliveryRecord) throws {
        guard let zip = delivery.zip(part) else { throw LedgerProblem.missing("ZIP") }
        let file = ResultFile.checksum(part)
        let partial = file.partialName(delivery.id)
        let wanted = try checksum(delivery.baseName, part, sha256: zip.sha256)
        let formers = try delivery.otherBaseNames.map { file.finalName($0) }.filter {
            try isOurs(file, $0, of: delivery)
        }
        let found = try outbox.statusIfThere(partial) != nil ? outbox.contents(of: partial, limit: wanted.count) : nil
        let hasPartial = try outbox.statusIfThere(partial) != nil
        if hasPartial ? found != wanted : !formers.isEmpty {
            try removeIfThere(partial)
            _ = try writePartial(file, of: delivery, wanted)
        }
        for former in formers { try removeIfThere(former) }
    }

    /// Whether this is the file that was prepared.
    private func isOurs(_ file: ResultFile, _ path: FilePath, of delivery: DeliveryRecord) throws -> Bool {
        guard try outbox.statusIfThere(path)?.kind == .regular else { return false }
        return switch file {
        case .csv: try delivery.csv?.matches(path, in: outbox, trustsNumber: false) ?? false
        case .zip(let part): try delivery.zip(part)?.matches(path, in: outbox, trustsNumber: true) ?? false
        case .checksum(let part): try isOurChecksum(part, path, of: delivery)
        }
    }

    private func isOurChecksum(_ part: ZipPart, _ path: FilePath, of delivery: DeliveryRecord) throws -> Bool {
        guard let sha256 = delivery.zip(part)?.sha256 else { return false }
        return try delivery.otherBaseNames.contains { name in
            guard ResultFile.checksum(part).finalName(name) == path else { return false }
            let ours = try checksum(name, part, sha256: sha256)
            return try outbox.contents(of: path, limit: ours.count) == ours
        }
    }
}

extension DeliveryRecord {
    /// Former base names under which files of ours may still stand.
    fileprivate var otherBaseNames: [String] { formerBaseNames.filter { $0 != baseName } }
}
