import Disk
import SystemPackage

/// Removes the files of a delivery from the outbox, as long as they are what was delivered.
struct ResultRemoval {
    private let publisher: Publisher
    private let outbox: Folder
    private let delivery: DeliveryRecord
    private let cancellation: Cancellation
    private(set) var removed: Removed

    init(_ delivery: DeliveryRecord, of publisher: Publisher, because key: String, _ cancellation: Cancellation) throws
    {
        (self.publisher, self.delivery, self.cancellation) = (publisher, delivery, cancellation)
        outbox = try publisher.outbox
        removed = Removed(part: .results, batch: delivery.batch.id, key: key)
    }

    /// Goes on where it was when it is refused in between.
    mutating func run() throws {
        guard let baseName = delivery.baseName else { return }
        // the ZIPs first: whoever sees the last takes the others for granted
        for file in ResultFile.all(zips: delivery.zips.count).reversed() {
            try cancellation.check()
            let path = file.finalName(baseName)
            guard let status = try outbox.statusIfThere(path) else { continue }
            guard try status.kind == .regular && isOurs(file, path) else {
                removed.left += 1
                continue
            }
            try outbox.remove(path)
            removed.files += 1
            removed.bytes += status.signature.size
        }
    }

    private func isOurs(_ file: ResultFile, _ path: FilePath) throws -> Bool {
        switch file {
        case .csv: return try delivery.csv?.matches(path, in: outbox, trustsNumber: false, cancellation) ?? false
        case .zip(let part):
            return try delivery.zip(part)?.matches(path, in: outbox, trustsNumber: true, cancellation) ?? false
        case .checksum(let part):
            guard let zip = delivery.zip(part) else { return false }
            let ours = try publisher.checksum(delivery.baseName, part, sha256: zip.sha256)
            return try outbox.contents(of: path, limit: ours.count) == ours
        }
    }
}
