import Foundation
import GRDB
import SystemPackage

/// Inputs that may not be moved.
extension Ledger {
    /// Delivered batches with inputs that still lie in the inbox because they may not be moved, oldest first.
    package func pendingMoves() async throws -> [PendingMove] {
        try await pendingDeliveries().map { delivery, members in
            PendingMove(
                batch: delivery.batch.id, title: delivery.batch.title, zip: delivery.zipName ?? "",
                files: members.map(\.path.string))
        }
    }

    /// The same, as they are in the ledger.
    func pendingDeliveries() async throws -> [(delivery: DeliveryRecord, members: [MemberRecord])] {
        try await read { database in
            let sql =
                DeliveryRecord.selection + """
                     WHERE step = 'archived' AND batch IN (SELECT batch FROM member WHERE fate = 'refused')
                    ORDER BY createdAt, delivery.id
                    """
            return try Row.fetchAll(database, sql: sql).map { row in
                let delivery = try DeliveryRecord(row: row, database)
                let members = try Row.fetchAll(
                    database, sql: "SELECT * FROM member WHERE batch = ? AND fate = 'refused' ORDER BY path",
                    arguments: [delivery.batch.id])
                return (delivery, try members.map(MemberRecord.init))
            }
        }
    }

    /// What became of inputs that could not be moved at first.
    func settle(_ members: [MemberRecord], of delivery: DeliveryRecord, at date: Date) async throws {
        try await write("late moves") { database in
            for member in members { try Self.settle(member, of: delivery.batch.id, database) }
            try Self.audit(Self.movedEntry(.moved, delivery, members, date), database)
        }
    }
}
