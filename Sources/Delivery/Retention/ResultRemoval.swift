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
        // the ZIP first: whoever sees it takes the others for granted
        for kind in ResultKind.allCases.reversed() {
            try cancellation.check()
            let path = kind.finalName(baseName)
            guard let status = try outbox.statusIfThere(path) else { continue }
            guard try status.kind == .regular && isOurs(kind, path) else {
                removed.left += 1
                continue
            }
            try outbox.remove(path)
            removed.files += 1
            removed.bytes += status.signature.size
        }
    }

    private func isOurs(_ kind: ResultKind, _ path: FilePath) throws -> Bool {
        switch kind {
        case .csv: return try delivery.csv?.matches(path, in: outbox, trustsNumber: false, cancellation) ?? false
        case .zip: return try delivery.zip?.matches(path, in: outbox, trustsNumber: true, cancellation) ?? false
        case .checksum:
            guard let zip = delivery.zip else { return false }
            let ours = try publisher.checksum(delivery.baseName, zip: zip.sha256)
            return try outbox.contents(of: path, limit: ours.count) == ours
        }
    }
}
