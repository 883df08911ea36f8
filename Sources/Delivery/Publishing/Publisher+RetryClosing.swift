package import Batch
import Foundation
package import GRDB
import Pack
import SystemPackage
import Words

extension Publisher {
    /// L1 of a retry: freezes it as a batch of its own. From here on it is delivered exactly once, whatever happens.
    ///
    /// - Parameters:
    ///   - outcomes: of all ``RetryPlan/pairs``.
    ///   - who: the one who asked for it.
    ///   - alongside: what is to be committed with it, or not at all.
    /// - Returns: the id of its delivery, for ``deliver(_:)``.
    package func close(
        _ plan: RetryPlan, _ outcomes: [Pair: RenderRecord], who: String?,
        alongside: @escaping @Sendable (Database) throws -> Void = { _ in }
    ) async throws(Obstruction) -> String {
        let id = Self.newID()
        do {
            let inbox = try inbox
            let hashes = plan.hashes(outcomes)
            let members = plan.members.map { member in
                var member = member
                member.sha256 = hashes[member.path]
                return member
            }
            _ = try await ledger.close(
                plan.batch(at: date(), who: who), plan.items(outcomes), members, delivery: id, repeating: plan.first,
                isTaken: { Self.hasFolder($0, in: inbox) }
            ) { database in
                try plan.checkIsOfLast(before: id, database)
                try alongside(database)
            }
            return id
        } catch {
            throw Obstruction(error, doing: Phrase("closing “\(plan.title)” again", zh: "再次收齐“\(plan.title)”"))
        }
    }
}

/// Another retry of the batch has closed since this one was planned.
private struct RetriedMeanwhile: ToldError {
    let phrase = Phrase("it was tried again meanwhile; it is looked at anew", zh: "期间已重试过；将重新检查")
}

extension RetryPlan {
    /// Two retries at once must not both begin with the same rows: what one has mended would be missing from the other.
    fileprivate func checkIsOfLast(before delivery: String, _ database: Database) throws {
        let newest = try String.fetchOne(
            database,
            sql: """
                SELECT id FROM delivery WHERE (id = ? OR first = ?) AND id <> ?
                ORDER BY createdAt DESC, rowid DESC LIMIT 1
                """, arguments: [first.id, first.id, delivery])
        guard newest == last.id else { throw RetriedMeanwhile() }
    }

    /// As it was, but closed now.
    fileprivate func batch(at date: Date, who: String?) -> BatchRecord {
        var batch = last.batch
        let time = CivilTime(seconds: Int64(date.timeIntervalSince1970), timeZone: batch.timeZone)
        batch.id = SafeName.batchID(closed: time, batch: batch.name.bytes)
        batch.closedAt = date
        batch.who = who
        return batch
    }

    fileprivate func items(_ outcomes: [Pair: RenderRecord]) -> [ItemRecord] {
        rows.map { row in
            var item = row.item
            if let missing = row.missing {
                item.end(.rejected, Problem(.removed, file: missing.lastComponent?.string ?? ""))
            } else if let pair = row.pair {
                if let render = outcomes[pair] {
                    item.take(render)
                } else {
                    item.end(.failed, Problem(.interrupted, ["count": Phrase(verbatim: "1")]))
                }
            }
            return item
        }
    }

    fileprivate func hashes(_ outcomes: [Pair: RenderRecord]) -> [FilePath: String] {
        var hashes: [FilePath: String] = [:]
        for (pair, render) in outcomes {
            guard let content = render.content else { continue }
            hashes[pair.audio] = content.audioSHA256
            hashes[pair.avatar] = content.avatarSHA256
            if let points = pair.points { hashes[points] = content.pointsSHA256 }
        }
        return hashes
    }
}

extension ItemRecord {
    fileprivate mutating func end(_ status: MetadataRow.Status, _ problem: Problem) {
        self.status = status
        render = nil
        detail.facts = nil
        detail.problem = problem
    }

    fileprivate mutating func take(_ render: RenderRecord) {
        let wasOK = status == .ok
        status =
            switch render.state {
            case .ok: .ok
            case .rejected: .rejected
            default: .failed
            }
        self.render = render.content == nil ? nil : render.key
        let note = detail.note
        detail.take(render)
        // the video's own note is there from the first time
        if wasOK { detail.note = note }
    }
}
