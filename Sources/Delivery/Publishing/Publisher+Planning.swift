import Batch
import Disk
import Pack
import SystemPackage
import Words

/// L1 and L2: what is delivered, and under which name.
extension Publisher {
    /// L1: freezes a closed batch. From here on it is delivered exactly once, whatever happens.
    ///
    /// - Returns: the id of its delivery, for ``deliver(_:)``.
    package func close(_ closed: ClosedBatch) async throws(Obstruction) -> String {
        let id = Self.newID()
        do {
            let inbox = try inbox
            let members = closed.members { try? inbox.status(of: $0).signature }
            var batch = closed.batch
            batch.who = batch.marker.operatorName ?? owner(of: closed, in: inbox)
            _ = try await ledger.close(batch, closed.items, members, delivery: id) { Self.hasFolder($0, in: inbox) }
            return id
        } catch {
            let name = closed.closing.name.text
            throw Obstruction(error, doing: Phrase("closing “\(name)”", zh: "收齐“\(name)”"))
        }
    }

    /// Whether an earlier batch, maybe of another ledger, has left something under this id.
    static func hasFolder(_ batch: String, in inbox: Folder) -> Bool {
        [MemberRecord.Place.archive, .failed].contains { place in
            (try? inbox.status(of: place.folder(batch))) != nil
        }
    }

    /// The name of who owns the marker, or else the first audio.
    private func owner(of closed: ClosedBatch, in inbox: Folder) -> String? {
        let telling = closed.closing.markers + closed.closing.items.map(\.audio) + closed.closing.halves.map(\.path)
        guard let status = telling.lazy.compactMap({ try? inbox.status(of: $0) }).first else { return nil }
        return Account.userName(status.owner) ?? "user \(status.owner)"
    }

    /// L2: a base name that is free for all files of a delivery with one ZIP. Should there be more ZIPs, whose names are
    /// taken, they get the next one later.
    func plan(_ delivery: DeliveryRecord) async throws {
        try await ledger.plan(delivery, baseName: try freeBaseName(delivery, from: 1))
    }

    /// - Parameter number: the first that may be used.
    func freeBaseName(_ delivery: DeliveryRecord, from number: Int) throws -> String {
        var number = number
        let outbox = try outbox
        let limit = outbox.nameLimit() - ResultFile.longestEnding
        let files = ResultFile.all(zips: delivery.zips.count)
        while true {
            let name = SafeName.outboxBase(batchID: delivery.batch.id, number: number, maximumBytes: limit)
            if try files.allSatisfy({ try outbox.statusIfThere($0.finalName(name)) == nil }) {
                return name
            }
            number += 1
        }
    }

    /// Not by counting: a new ledger must not meet the leftovers of an old one.
    static func newID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
