import Disk
import SystemPackage

/// Removes the files of a delivery from the outbox, as long as they are what was delivered.
struct ResultRemoval {
    let publisher: Publisher
    let outbox: Folder
    let delivery: DeliveryRecord

    func run(because key: String) throws -> Removed {
        var removed = Removed(part: .results, batch: delivery.batch.id, key: key)
        guard let baseName = delivery.baseName else { return removed }
        // the ZIP first: whoever sees it takes the others for granted
        for kind in ResultKind.allCases.reversed() {
            let path = kind.finalName(baseName)
            guard let status = try outbox.statusIfThere(path) else { continue }
            guard try isOurs(kind, path, status) else {
                removed.left += 1
                continue
            }
            try outbox.remove(path)
            removed.files += 1
            removed.bytes += status.signature.size
        }
        return removed
    }

    private func isOurs(_ kind: ResultKind, _ path: FilePath, _ status: FileStatus) throws -> Bool {
        guard status.kind == .regular else { return false }
        switch kind {
        case .csv: return try isOurs(delivery.csv, path, status)
        case .zip: return try isOurs(delivery.zip, path, status)
        case .checksum:
            guard let zip = delivery.zip else { return false }
            let ours = try publisher.checksum(delivery.baseName, zip: zip.sha256)
            return try outbox.contents(of: path, limit: ours.count) == ours
        }
    }

    private func isOurs(_ identity: ResultIdentity?, _ path: FilePath, _ status: FileStatus) throws -> Bool {
        guard let identity, status.signature.size == identity.bytes else { return false }
        return try status.signature.inode == identity.inode
            || ContentHash.sha256(of: outbox.open(path)) == identity.sha256
    }
}
