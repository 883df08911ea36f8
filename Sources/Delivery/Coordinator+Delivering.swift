import Batch
import Disk
import Foundation
import Logging
import SystemPackage
import Words

/// A closed batch on its way to the outbox.
struct Delivery: Sendable {
    let id: String
    let batch: String
    /// How often disk, share or ledger have refused.
    var refusals = 0
    var obstruction: Obstruction?

    /// Empty while it goes on.
    var waitsFor: Phrase { obstruction?.phrase ?? Phrase(verbatim: "") }
}

extension Coordinator {
    /// What an earlier run has closed and not finished, and which files of the inbox are therefore no news.
    func resumeDeliveries() async throws {
        try ledger.claim()
        let obstructed = try await parts.publisher.recover()
        try Task.checkCancellation()
        for (id, obstruction) in obstructed {
            let batch = try await ledger.delivery(id).batch.title
            let delivery = Delivery(id: id, batch: batch)
            note(delivery, obstruction)
            if obstruction.away == nil { deliveries.continuation.yield(delivery) }
        }
        facts.frozen = try await ledger.claims()
        facts.expectKept(try await ledger.kept())
        facts.pendingMoves = try await ledger.pendingMoves()
        for summary in try await ledger.recentDeliveries(limit: ServiceStatus.deliveredLimit).reversed() {
            facts.noteDelivered(ServiceStatus.Delivered(summary))
        }
    }

    /// L1, again and again until the ledger takes it; then the delivery is on its way.
    func close(_ closing: Closing, _ signatures: [FilePath: FileSignature]) async {
        await notes.removeStale(facts.ownNotes.filter { $0.isOf(closing.folder) })
        var closed = ClosedBatch(
            closing: closing, renders: [:], signatures: signatures, refused: facts.refused(in: closing.folder),
            date: date(), timeZone: .current)
        for item in closing.items { closed.renders[item.pair] = await parts.queue.outcome(of: item.pair) }
        let title = closing.marker.title ?? closing.name.text
        parts.logger.info("closing", metadata: ["batch": "\(title)", "items": "\(closing.items.count)"])
        var refusals = 0
        while !Task.isCancelled {
            do throws(Obstruction) {
                start(Delivery(id: try await parts.publisher.close(closed), batch: title))
                break
            } catch {
                if let away = error.away {
                    noteAway(away)
                } else {
                    parts.logger.warning(
                        "waiting", metadata: ["batch": "\(title)", "why": "\(error.phrase.text(language))"])
                }
                try? await clock.sleep(for: Self.delay(refusals))
                refusals += 1
            }
        }
        facts.closing[closing.folder] = nil
        for item in closing.items {
            facts.wantNoMore(item.pair)
            await parts.queue.withdraw(item.pair)
        }
    }

    func start(_ delivery: Delivery) {
        facts.delivering[delivery.id] = delivery
        deliveries.continuation.yield(delivery)
    }

    /// Delivers what is closed, one after the other; what is refused now is tried again later, and stops no other.
    func deliver() async {
        for await delivery in deliveries.stream {
            do throws(Obstruction) {
                await noteDelivered(delivery, try await parts.publisher.deliver(delivery.id))
            } catch {
                // the whole service ends: the next start goes on with it
                guard !Task.isCancelled else { continue }
                var again = delivery
                again.refusals += 1
                note(again, error)
                guard error.away == nil else { continue }
                if error.isShortage { await sweep() }
                later(Self.delay(delivery.refusals)) { [again] in $0.deliveries.continuation.yield(again) }
            }
            changed()
        }
    }

    private func noteDelivered(_ delivery: Delivery, _ summary: DeliverySummary) async {
        facts.packing[delivery.id] = nil
        let delivered = ServiceStatus.Delivered(summary)
        facts.noteDelivered(delivered)
        parts.logger.info(
            "delivered",
            metadata: ["zip": "\(delivered.zip)", "videos": "\(delivered.videos)", "without": "\(delivered.bad)"])
        await noteWhatStays()
        if isOnce {
            await sweep()
            await forgetOld()
        }
        // only now: `--once` must not end before
        facts.delivering[delivery.id] = nil
        guard !isOnce else { return }
        await sweep()
        // beside the deliveries, where there are more to come
        later(.zero) { await $0.forgetOld() }
    }

    /// Inputs that are to be kept, or may not be moved.
    func noteWhatStays() async {
        do {
            let kept = try await ledger.kept()
            for path in facts.keep(kept) { apply(.kept(path)) }
            let before = facts.pendingMoves.count
            facts.pendingMoves = try await ledger.pendingMoves()
            if facts.pendingMoves.count > before {
                parts.logger.warning("files may not be moved from the inbox; status tells which")
            }
            tryMoves(after: Self.hour)
        } catch {
            parts.logger.warning("waiting", metadata: ["why": "\(error)"])
        }
    }

    /// Told once, until it is over or another thing.
    private func note(_ delivery: Delivery, _ obstruction: Obstruction) {
        let before = facts.delivering[delivery.id]?.obstruction
        facts.packing[delivery.id] = nil
        facts.delivering[delivery.id] = delivery
        facts.delivering[delivery.id]?.obstruction = obstruction
        if let away = obstruction.away {
            facts.parked.append(delivery)
            return noteAway(away)
        }
        guard !obstruction.isKnown(from: before) else { return }
        parts.logger.warning(
            "delivery waits",
            metadata: ["batch": "\(delivery.batch)", "why": "\(obstruction.phrase.text(language))"])
    }
}

extension FilePath {
    /// Whether a note beside a marker lies in the batch's folder.
    fileprivate func isOf(_ folder: BatchFolder) -> Bool {
        switch folder {
        case .folder(let name): components.first == name && components.count == 2
        case .loose: components.count == 1
        }
    }
}

extension ServiceStatus.Delivered {
    init(_ summary: DeliverySummary) {
        self.init(
            batch: summary.delivery.batch.title, zip: summary.delivery.zipName ?? "",
            at: summary.delivery.deliveredAt ?? summary.delivery.createdAt, videos: summary.videos, bad: summary.bad)
        if summary.delivery.zips.count > 1 { zips = summary.delivery.zips.count }
    }
}
