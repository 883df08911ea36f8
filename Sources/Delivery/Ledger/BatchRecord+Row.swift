import Batch
import Disk
import Foundation
import GRDB
import Pack
import SystemPackage

extension BatchRecord {
    /// From the columns of table `batch`, where `id` is called `batch`.
    init(row: Row) throws {
        let name: Data = row["name"]
        let zone: String = row["timeZone"]
        self.init(
            id: row["batch"], name: Name(Array(name)),
            folder: (row["folder"] as Data?).map(FilePath.init(ledgerBytes:)),
            closedAt: Date(timeIntervalSince1970: row["closedAt"]), timeZone: TimeZone(identifier: zone) ?? .gmt,
            marker: try JSONText.decode(row["marker"]), shortfall: row["shortfall"], who: row["batchWho"])
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO batch (id, name, folder, closedAt, timeZone, marker, shortfall, who)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, Data(name.bytes), folder?.ledgerBytes, closedAt.timeIntervalSince1970, timeZone.identifier,
                try JSONText.encode(marker), shortfall, who,
            ])
    }
}

extension ItemRecord {
    init(row: Row) throws {
        let name: Data = row["name"]
        let status: String = row["status"]
        guard let status = MetadataRow.Status(rawValue: status) else { throw LedgerProblem.newer }
        self.init(
            name: Name(Array(name)),
            audio: (row["audio"] as Data?).map(FilePath.init(ledgerBytes:)),
            avatar: (row["avatar"] as Data?).map(FilePath.init(ledgerBytes:)),
            points: (row["points"] as Data?).map(FilePath.init(ledgerBytes:)),
            status: status, render: row["render"], detail: try JSONText.decode(row["detail"]))
    }

    func insert(_ database: Database, batch: String, position: Int) throws {
        try database.execute(
            sql: """
                INSERT INTO item (batch, position, name, audio, avatar, points, status, render, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch, position, Data(name.bytes), audio?.ledgerBytes, avatar?.ledgerBytes, points?.ledgerBytes,
                status.rawValue, render, try JSONText.encode(detail),
            ])
    }
}

extension MemberRecord {
    init(row: Row) throws {
        guard let role = Role(rawValue: row["role"]) else { throw LedgerProblem.newer }
        self.init(
            path: FilePath(ledgerBytes: row["path"]),
            origin: (row["origin"] as Data?).map(FilePath.init(ledgerBytes:)), role: role,
            signature: try JSONText.decode(row["signature"]), sha256: row["sha256"],
            place: (row["place"] as String?).flatMap(Place.init(rawValue:)),
            target: (row["target"] as Data?).map(FilePath.init(ledgerBytes:)),
            secondTarget: (row["secondTarget"] as Data?).map(FilePath.init(ledgerBytes:)),
            fate: (row["fate"] as String?).flatMap(Fate.init(rawValue:)), note: row["note"])
    }

    func save(_ database: Database, batch: String) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO member
                    (batch, path, origin, role, signature, sha256, place, target, secondTarget, fate, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch, path.ledgerBytes, origin?.ledgerBytes, role.rawValue, try JSONText.encode(signature), sha256,
                place?.rawValue,
                target?.ledgerBytes, secondTarget?.ledgerBytes, fate?.rawValue, note,
            ])
    }
}

extension DeliveryRecord {
    /// Every column that `init(row:)` needs.
    static let selection = """
        SELECT delivery.*, batch.name, batch.folder, batch.closedAt, batch.timeZone, batch.marker, batch.shortfall,
            batch.who AS batchWho,
            (SELECT baseName FROM delivery AS repeated WHERE repeated.id = delivery.first) AS firstBaseName,
            (SELECT count(*) FROM deliveryFile WHERE delivery = delivery.first AND kind = 'zip') AS firstZips
        FROM delivery JOIN batch ON batch.id = delivery.batch
        """

    init(row: Row, _ database: Database) throws {
        guard let step = Step(rawValue: row["step"]) else { throw LedgerProblem.newer }
        let id: String = row["id"]
        let files = try Row.fetchAll(
            database, sql: "SELECT * FROM deliveryFile WHERE delivery = ? ORDER BY part", arguments: [id])
        func identities(_ kind: String) -> [ResultIdentity] {
            files.filter { $0["kind"] == kind }.map {
                ResultIdentity(
                    inode: UInt64(bitPattern: $0["inode"] as Int64), bytes: $0["bytes"], sha256: $0["sha256"])
            }
        }
        self.init(
            id: id, batch: try BatchRecord(row: row), first: row["first"],
            firstZip: (row["firstBaseName"] as String?).map { Self.zipName($0, of: row["firstZips"]) }, step: step,
            baseName: row["baseName"],
            formerBaseNames: try JSONText.decode(row["formerBaseNames"]),
            createdAt: Date(timeIntervalSince1970: row["createdAt"]),
            deliveredAt: (row["deliveredAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            archivedAt: (row["archivedAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            csv: identities("csv").first, zips: identities("zip"), outbox: row["outbox"])
    }
}
