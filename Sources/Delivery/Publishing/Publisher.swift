package import Disk
package import Foundation
import SystemPackage
import Watch
import Words

/// Makes deliveries: CSV, checksum and ZIP into the outbox, inputs into the archive.
///
/// Each step is committed to the ledger before the next begins, and each may be done again: wherever the process is
/// killed, `deliver` goes on from the last commit and ends with the same files. One delivery at a time.
package struct Publisher: Sendable {
    let ledger: Ledger
    package let inboxRoot: Root
    package let outboxRoot: Root
    /// Holds the finished videos under ``WorkFolder`` names.
    let work: Folder
    let settings: PublisherSettings
    let ownership: Ownership
    let patience: PackPatience
    let clock: any Clock<Duration>
    /// Since this was made.
    let elapsed: @Sendable () -> Duration
    let date: @Sendable () -> Date
    let send: AsyncStream<PublisherNews>.Continuation

    /// What people should know while a delivery is made; for one reader. Without a reader the oldest are dropped.
    package let news: AsyncStream<PublisherNews>

    /// - Parameters:
    ///   - clock: for the limits of a pack.
    ///   - date: for the times in names, ledger and results.
    package init<C: Clock<Duration>>(
        ledger: Ledger, inbox: Root, outbox: Root, work: Folder, settings: PublisherSettings = PublisherSettings(),
        clock: C = IdleClock(), date: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.ledger, inboxRoot, outboxRoot, self.work) = (ledger, inbox, outbox, work)
        (self.settings, self.clock, self.date) = (settings, clock, date)
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        // a slow pack tells one each second
        (news, send) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100))
        ownership = Ownership(settings, send)
        patience = PackPatience(limits: settings.packLimits)
    }

    /// Does all steps that a delivery still has to go. Nothing is done for one that is archived.
    ///
    /// - Throws: when disk, share or ledger refuse. Nothing partial stands under a final name then; call it again
    ///   later, and it goes on where it was.
    package func deliver(_ id: String) async throws(Obstruction) -> DeliverySummary {
        var work = Phrase("delivering", zh: "交付")
        do {
            var delivery = try await ledger.delivery(id)
            work = doing(delivery.step)
            while try await advance(delivery) {
                // cancelled: the next start goes on with it
                try Task.checkCancellation()
                delivery = try await ledger.delivery(id)
                work = doing(delivery.step)
            }
            return try await ledger.summary(of: id)
        } catch {
            throw Obstruction(error, doing: work)
        }
    }

    /// Asked for anew for each piece of work: it may have gone away, and be back on another mount.
    var inbox: Folder {
        get throws(RootAway) { try inboxRoot.folder() }
    }

    var outbox: Folder {
        get throws(RootAway) { try outboxRoot.folder() }
    }

    /// To be called at the start, before anything looks at the inbox: brings every unfinished delivery to its end.
    ///
    /// - Returns: the deliveries that can't go on yet, with the reason; they are to be tried again. Their members are
    ///   among the ledger's claims.
    package func recover() async throws(Obstruction) -> [(delivery: String, obstruction: Obstruction)] {
        let unfinished: [DeliveryRecord]
        do { unfinished = try await ledger.unfinishedDeliveries() } catch {
            throw Obstruction(error, doing: Phrase("looking for unfinished deliveries", zh: "查找未完成的交付"))
        }
        var obstructed: [(delivery: String, obstruction: Obstruction)] = []
        for delivery in unfinished {
            do { _ = try await deliver(delivery.id) } catch { obstructed.append((delivery.id, error)) }
        }
        return obstructed
    }

    /// With the folder that may refuse.
    private func doing(_ step: DeliveryRecord.Step) -> Phrase {
        switch step {
        case .closed, .planned:
            Phrase("packing into the outbox \(outboxRoot.path)", zh: "打包到输出文件夹 \(outboxRoot.path)")
        case .prepared: Phrase("delivering to the outbox \(outboxRoot.path)", zh: "交付到输出文件夹 \(outboxRoot.path)")
        case .delivered, .archived:
            Phrase("moving what was delivered in the inbox \(inboxRoot.path)", zh: "移动输入文件夹 \(inboxRoot.path) 中已交付的文件")
        }
    }

    /// One step.
    ///
    /// - Returns: whether there is another.
    private func advance(_ delivery: DeliveryRecord) async throws -> Bool {
        switch delivery.step {
        case .closed: try await plan(delivery)
        case .planned: try await pack(delivery)
        case .prepared: try await expose(delivery)
        case .delivered: try await archive(delivery)
        case .archived: return false
        }
        return true
    }
}
