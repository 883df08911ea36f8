import Disk
import Foundation
import GRDB

/// Deliveries, step by step.
extension Ledger {
    package func delivery(_ id: String) async throws -> DeliveryRecord {
        try await read { database in
            let row = try Row.fetchOne(
                database, sql: DeliveryRecord.selection + " WHERE delivery.id = ?", arguments: [id])
            guard let row else { throw LedgerProblem.missing("delivery \(id)") }
            return try DeliveryRecord(row: row, database)
        }
    }

    /// Those that have steps to go, oldest first.
    package func unfinishedDeliveries() async throws -> [DeliveryRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: DeliveryRecord.selection + " WHERE step <> 'archived' ORDER BY createdAt, delivery.rowid"
            ).map { try DeliveryRecord(row: $0, database) }
        }
    }

    /// What stands in the outbox, newest first.
    package func recentDeliveries(limit: Int) async throws -> [DeliverySummary] {
        try await read { database in
            let sql =
                DeliveryRecord.selection
                + " WHERE deliveredAt IS NOT NULL ORDER BY deliveredAt DESC, delivery.rowid DESC LIMIT ?"
            return try Row.fetchAll(database, sql: sql, arguments: [limit]).map {
                try Self.summary(of: DeliveryRecord(row: $0, database), database)
            }
        }
    }

    package func summary(of delivery: String) async throws -> DeliverySummary {
        let record = try await self.delivery(delivery)
        return try await read { try Self.summary(of: record, $0) }
    }

    private static func summary(of delivery: DeliveryRecord, _ database: Database) throws -> DeliverySummary {
        func count(_ sql: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(sql)", arguments: [delivery.batch.id]) ?? 0
        }
        return DeliverySummary(
            delivery: delivery, videos: try count("item WHERE batch = ? AND status = 'ok'"),
            bad: try count("item WHERE batch = ? AND status <> 'ok'"),
            refused: try count("member WHERE batch = ? AND fate = 'refused'"))
    }

    /// L2, and later whenever the name turns out to be taken.
    func plan(_ delivery: DeliveryRecord, baseName: String) async throws {
        let formers = try JSONText.encode(delivery.formerBaseNames + (delivery.baseName.map { [$0] } ?? []))
        let change = delivery.baseName == nil ? "L2 planned" : "L4 next name"
        try await write(change) {
            try $0.execute(
                sql: """
                    UPDATE delivery SET baseName = ?, formerBaseNames = ?,
                        step = CASE step WHEN 'closed' THEN 'planned' ELSE step END
                    WHERE id = ?
                    """, arguments: [baseName, formers, delivery.id])
        }
    }

    /// L4: the files are what they will be.
    func prepare(
        _ delivery: DeliveryRecord, csv: ResultIdentity, zips: [ResultIdentity], outbox: String
    ) async throws {
        try await write("L4 prepared") { database in
            let parts = zips.enumerated().map { ("zip", $0 + 1, $1) }
            for (kind, part, file) in [("csv", 1, csv)] + parts {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO deliveryFile (delivery, kind, part, inode, bytes, sha256)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [delivery.id, kind, part, Int64(bitPattern: file.inode), file.bytes, file.sha256])
            }
            try database.execute(
                sql: "UPDATE delivery SET step = 'prepared', outbox = ? WHERE id = ?", arguments: [outbox, delivery.id])
        }
    }

    /// L6: they stand in the outbox; from now on the inputs go where the plan says.
    func deliver(_ delivery: DeliveryRecord, plan: [MemberRecord], at date: Date) async throws {
        try await write("L6 delivered") { database in
            for member in plan { try member.save(database, batch: delivery.batch.id) }
            try database.execute(
                sql: "UPDATE delivery SET step = 'delivered', deliveredAt = ? WHERE id = ?",
                arguments: [date.timeIntervalSince1970, delivery.id])
            try Self.audit(try Self.deliveredEntry(delivery, date, database), database)
        }
    }

    private static func deliveredEntry(
        _ delivery: DeliveryRecord, _ date: Date, _ database: Database
    ) throws -> AuditEntry {
        let summary = try summary(of: delivery, database)
        let zips = delivery.zips
        let parts = zips.count > 1 ? " in \(zips.count) ZIPs" : ""
        let videos = "\(summary.videos) \(summary.videos == 1 ? "video" : "videos")\(parts)"
        let rest = summary.bad == 0 ? "" : ", \(summary.bad) \(summary.bad == 1 ? "row" : "rows") without"
        var entry = AuditEntry(
            at: date, event: .delivered, batch: delivery.batch.id, who: delivery.batch.who, detail: videos + rest)
        entry.files = summary.videos
        entry.bytes = zips.isEmpty ? nil : zips.reduce(0) { $0 + $1.bytes }
        entry.sha256 = zips.isEmpty ? nil : zips.map(\.sha256).joined(separator: " ")
        entry.zip = delivery.zipName
        entry.first = delivery.firstZip
        return entry
    }

    /// A name in the archive was taken.
    func save(_ member: MemberRecord, of batch: String) async throws {
        try await write("F7 next name") { try member.save($0, batch: batch) }
    }

    /// L8: the inputs are where they belong, or will never be.
    func archive(_ delivery: DeliveryRecord, _ members: [MemberRecord], at date: Date) async throws {
        try await write("L8 archived") { database in
            for member in members { try Self.settle(member, of: delivery.batch.id, database) }
            try database.execute(
                sql: "UPDATE delivery SET step = 'archived', archivedAt = ? WHERE id = ?",
                arguments: [date.timeIntervalSince1970, delivery.id])
            try Self.audit(Self.movedEntry(.archived, delivery, members, date), database)
        }
    }

    static func movedEntry(
        _ event: AuditEntry.Event, _ delivery: DeliveryRecord, _ members: [MemberRecord], _ date: Date
    ) -> AuditEntry {
        let fates = Dictionary(grouping: members) { $0.fate?.rawValue ?? "" }.mapValues(\.count)
        let words = fates.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        var entry = AuditEntry(at: date, event: event, batch: delivery.batch.id, who: delivery.batch.who, detail: words)
        let moved = members.filter { $0.fate == .moved || $0.fate == .deleted }
        entry.files = moved.count
        entry.bytes = moved.reduce(0) { $0 + $1.signature.size }
        entry.zip = delivery.zipName
        return entry
    }
}
