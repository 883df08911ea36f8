import Disk
import Foundation
import SystemPackage
import Words

/// Removes what is kept no longer: results from the outbox, delivered inputs from `_archive`, rows from the ledger.
///
/// Never anything from `_failed`, of a batch of which something is still to be done, or that we did not put there.
package struct Retention: Sendable {
    private let publisher: Publisher
    private let settings: RetentionSettings

    /// Families that are forgotten in one commit: few enough to be done in milliseconds.
    private static let share = 10

    /// - Returns: nil when nothing is to go by itself.
    package init?(publisher: Publisher, settings: RetentionSettings) {
        guard settings != RetentionSettings() else { return nil }
        (self.publisher, self.settings) = (publisher, settings)
    }

    /// What a sweep did.
    package struct Outcome: Sendable {
        package var removed: [Removed] = []
        /// Batches that the ledger does not know any more.
        package var forgotten = 0
        /// Why something could not be removed; the rest was.
        package var obstruction: Obstruction?
    }

    /// To be called after deliveries and once a day; one at a time.
    ///
    /// - Parameter needed: the keys of renders that open batches have; nil while that can't be told.
    package func sweep(needed: @Sendable () async -> Set<String>?) async -> Outcome {
        var outcome = Outcome()
        do {
            let plan = try await plan()
            for delivery in plan.results where !Task.isCancelled { await removeResults(delivery, &outcome) }
            for (delivery, key) in plan.archives where !Task.isCancelled {
                await removeArchive(delivery, key, &outcome)
            }
            // anew: what has gone by now need not be remembered
            if settings.limitsHistory && !Task.isCancelled {
                outcome.forgotten = try await forget(try await self.plan(), await needed())
            }
        } catch {
            outcome.obstruction = obstruction(error)
        }
        return outcome
    }

    private func plan() async throws -> RetentionPlan {
        RetentionPlan(
            try await ledger.storedDeliveries(), settings, isRetrying: try await isRetrying(), now: publisher.date())
    }

    private var ledger: Ledger { publisher.ledger }

    /// Somebody asks for what may be about to go: it is looked at again with the next sweep.
    private func isRetrying() async throws -> Bool { try await !ledger.pendingRequests().isEmpty }

    // MARK: Files

    private func removeResults(_ stored: StoredDelivery, _ outcome: inout Outcome) async {
        do {
            guard try await !isRetrying() else { return }
            let delivery = try await ledger.delivery(stored.id)
            let (removed, refusal) = try await cancellableOffPool { [publisher] cancellation in
                var removal = try ResultRemoval(delivery, of: publisher, because: "keep_results", cancellation)
                let refusal = Self.refusal { try removal.run() }
                return (removal.removed, refusal)
            }
            try await note(removed, refusal, stored, &outcome)
        } catch {
            outcome.obstruction = obstruction(error)
        }
    }

    private func removeArchive(_ stored: StoredDelivery, _ key: String, _ outcome: inout Outcome) async {
        do {
            guard try await !isRetrying() else { return }
            let members = try await ledger.members(of: stored.batch)
            let (removed, refusal) = try await cancellableOffPool { [publisher] cancellation in
                var removal = ArchiveRemoval(
                    stored.batch, members, in: try publisher.inbox, because: key, cancellation)
                let refusal = Self.refusal { try removal.run() }
                return (removal.removed, refusal)
            }
            try await note(removed, refusal, stored, &outcome)
        } catch {
            outcome.obstruction = obstruction(error)
        }
    }

    /// What ends the removal half-way: what has gone by then is noted all the same.
    private static func refusal(_ work: () throws -> Void) -> (any Error)? {
        do { try work() } catch { return error }
        return nil
    }

    /// - Parameter refusal: why not all could be looked at; the rest is tried again with the next sweep.
    private func note(
        _ removed: Removed, _ refusal: (any Error)?, _ stored: StoredDelivery, _ outcome: inout Outcome
    ) async throws {
        let date = publisher.date()
        var entry = AuditEntry(at: date, event: .removed, batch: stored.batch, detail: removed.part.rawValue)
        (entry.files, entry.bytes, entry.zip) = (removed.files, removed.bytes, stored.zip)
        // what stays is told when all has been looked at
        let isNews = removed.files + (refusal == nil ? removed.left : 0) > 0
        if refusal == nil || isNews {
            try await ledger.noteRemoved(
                removed.part, of: stored.id, isAll: refusal == nil, isNews ? entry : nil, at: date)
        }
        if isNews { outcome.removed.append(removed) }
        if let refusal { throw refusal }
    }

    // MARK: Rows

    private func forget(_ plan: RetentionPlan, _ needed: Set<String>?) async throws -> Int {
        var count = 0
        for families in plan.oldFamilies.inShares(of: Self.share) where !Task.isCancelled {
            count += try await ledger.forget(families, of: plan.known, needed: needed, at: publisher.date())
        }
        if let most = settings.maxHistory {
            let old = Set(plan.oldFamilies)
            let rest = plan.yieldingFamilies.filter { !old.contains($0) }
            for families in rest.inShares(of: Self.share) where !Task.isCancelled {
                guard try await ledger.size().used > most else { break }
                count += try await ledger.forget(families, of: plan.known, needed: needed, at: publisher.date())
            }
        }
        if count > 0 && !Task.isCancelled { await shrink() }
        return count
    }

    /// Writes the whole ledger anew, which is worth it only for much; what can't be given back now fills up again, or
    /// goes the next time something is forgotten.
    private func shrink() async {
        guard let size = try? await ledger.size(), (size.file - size.used) * 4 > size.file else { return }
        try? await ledger.shrink()
    }

    private func obstruction(_ error: any Error) -> Obstruction {
        Obstruction(error, doing: Phrase("removing what is kept no longer", zh: "清理过期内容"))
    }
}

extension Array {
    fileprivate func inShares(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
