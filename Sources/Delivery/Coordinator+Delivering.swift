import Batch
import Disk
import Foundation
import Logging
import SystemPackage

/// A closed batch on its way to the outbox.
struct Delivery: Sendable {
    let id: String
    let batch: String
    /// How often disk, share or ledger have refused.
    var refusals = 0
}

extension Coordinator {
    /// First and longest wait when disk, share or ledger refuse: soon enough for a hiccup, rare enough for a night.
    private static let delays = Duration.seconds(1)...(.seconds(60))

    /// What an earlier run has closed and not finished, and which files of the inbox are therefore no news.
    func resumeDeliveries() async throws {
        let ledger = parts.publisher.ledger
        try ledger.claim()
        let obstructed = try await parts.publisher.recover()
        try Task.checkCancellation()
        for (id, obstruction) in obstructed {
            let batch = try await ledger.delivery(id).batch.name.text
            note(Delivery(id: id, batch: batch), obstruction)
            deliveries.continuation.yield(Delivery(id: id, batch: batch))
        }
        facts.frozen = try await ledger.claims()
        for summary in try await ledger.recentDeliveries(limit: ServiceStatus.deliveredLimit).reversed() {
            facts.noteDelivered(ServiceStatus.Delivered(summary))
        }
    }

    /// L1, again and again until the ledger takes it; then the delivery is on its way.
    func close(_ closing: Closing, _ signatures: [FilePath: FileSignature]) async {
        var closed = ClosedBatch(
            closing: closing, renders: [:], signatures: signatures, refused: facts.refused(in: closing.folder),
            date: date(), timeZone: .current)
        for item in closing.items { closed.renders[item.pair] = await parts.queue.outcome(of: item.pair) }
        parts.logger.info("closing", metadata: ["batch": "\(closing.name.text)", "items": "\(closing.items.count)"])
        var refusals = 0
        while !Task.isCancelled {
            do throws(Obstruction) {
                let delivery = Delivery(id: try await parts.publisher.close(closed), batch: closing.name.text)
                facts.delivering[delivery.id] = ServiceStatus.Delivering(batch: delivery.batch, waitsFor: "")
                deliveries.continuation.yield(delivery)
                break
            } catch {
                parts.logger.warning("waiting", metadata: ["why": "\(error)"])
                try? await clock.sleep(for: Self.delay(refusals))
                refusals += 1
            }
        }
        for item in closing.items {
            facts.bad.remove(item.pair)
            await parts.queue.withdraw(item.pair)
        }
    }

    /// Delivers what is closed, one after the other; what is refused now is tried again later, and stops no other.
    func deliver() async {
        await withDiscardingTaskGroup { group in
            for await delivery in deliveries.stream {
                do throws(Obstruction) {
                    noteDelivered(delivery, try await parts.publisher.deliver(delivery.id))
                } catch {
                    // the whole service ends: the next start goes on with it
                    guard !Task.isCancelled else { continue }
                    var again = delivery
                    again.refusals += 1
                    note(again, error)
                    group.addTask { [again] in
                        // cancelled: the next start goes on with it
                        guard (try? await self.clock.sleep(for: Self.delay(delivery.refusals))) != nil else { return }
                        self.deliveries.continuation.yield(again)
                    }
                }
                changed()
            }
        }
    }

    private func noteDelivered(_ delivery: Delivery, _ summary: DeliverySummary) {
        facts.delivering[delivery.id] = nil
        let delivered = ServiceStatus.Delivered(summary)
        facts.noteDelivered(delivered)
        parts.logger.info(
            "delivered",
            metadata: ["zip": "\(delivered.zip)", "videos": "\(delivered.videos)", "without": "\(delivered.bad)"])
    }

    private func note(_ delivery: Delivery, _ obstruction: Obstruction) {
        facts.delivering[delivery.id] = ServiceStatus.Delivering(
            batch: delivery.batch, waitsFor: obstruction.description)
        parts.logger.warning(
            "delivery waits", metadata: ["batch": "\(delivery.batch)", "why": "\(obstruction.description)"])
    }

    private static func delay(_ refusals: Int) -> Duration {
        // past 2^16 the longest wait has long been reached
        min(delays.upperBound, delays.lowerBound * (1 << min(refusals, 16)))
    }
}

extension ServiceStatus.Delivered {
    init(_ summary: DeliverySummary) {
        self.init(
            batch: summary.delivery.batch.name.text, zip: (summary.delivery.baseName ?? "") + ".zip",
            at: summary.delivery.deliveredAt ?? summary.delivery.createdAt, videos: summary.videos, bad: summary.bad,
            moveProblem: summary.refused == 0
                ? nil : "\(summary.refused) files could not be moved from the inbox; they may be removed")
    }
}
