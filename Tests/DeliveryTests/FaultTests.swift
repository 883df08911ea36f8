import Batch
import Delivery
import Disk
import Foundation
import SystemPackage
import Testing
import Words

/// Each write of a delivery is refused in turn, by each kind of fault; the service goes on in the same process.
@Suite struct FaultTests {
    private static func fill(_ scene: Scene) throws {
        try scene.putDealers()
        try scene.put("left", "inbox/dealers/vip/Thumbs.db")
    }

    /// More tries than any fault here lasts.
    private static let tries = 8

    /// Closes, delivers and moves what is in the inbox, trying again as the service does.
    private static func work(_ scene: Scene, _ fault: Fault, _ mode: AfterDelivery = .archive) async throws {
        let plain = try scene.ledger()
        let closed = try await scene.closed(plain) { $0.hasSuffix("Thumbs.db") }
        try plain.close()
        let ledger = try scene.ledger(fault)
        defer { try? ledger.close() }
        let publisher = try scene.publisher(ledger, fault, settings: PublisherSettings(afterDelivery: mode))
        var delivery: String?
        for attempt in 1...tries {
            do throws(Obstruction) {
                if delivery == nil { delivery = try await publisher.close(closed) }
                if let delivery { _ = try await publisher.deliver(delivery) }
                break
            } catch {
                #expect(attempt < tries, "\(error)")
                #expect(!error.phrase.en.isEmpty)
                #expect(try scene.files(below: ["outbox"]).keys.allSatisfy(Self.isWhole))
            }
        }
        for _ in 1...tries where try await !ledger.pendingMoves().isEmpty { _ = try? await publisher.retryMoves() }
    }

    /// Hidden, or one that came after all that is in it.
    private static func isWhole(_ path: String) -> Bool {
        path.hasPrefix("outbox/.heygem-") || path.hasPrefix("outbox/heygem_batch_result_20251219_142007_dealers")
    }

    private static func undisturbed(_ mode: AfterDelivery) async throws -> (files: [String: Data], steps: Int) {
        try await Scene.with { scene in
            try fill(scene)
            let fault = Fault()
            try await work(scene, fault, mode)
            return (try scene.files(), fault.count)
        }
    }

    private static func expectSame(
        _ mode: AfterDelivery, _ fault: Fault, _ kind: Fault.Kind, _ wanted: [String: Data]
    ) async throws {
        try await Scene.with { scene in
            try fill(scene)
            try await work(scene, fault, mode)
            var found = try scene.files()
            var wanted = wanted
            if kind.isRefusal {
                // a folder that was emptied and may not be removed stays, with what systems leave in it
                for file in ["inbox/_archive/20251219_142007_dealers/vip/Thumbs.db", "inbox/dealers/vip/Thumbs.db"] {
                    found[file] = nil
                    wanted[file] = nil
                }
                found = found.filter { !$0.key.hasSuffix("/") }
                wanted = wanted.filter { !$0.key.hasSuffix("/") }
            }
            #expect(!fault.refused.isEmpty)
            let difference = Set(found.keys).symmetricDifference(wanted.keys)
            #expect(found == wanted, "\(kind) at \(fault.refused): \(difference)")
            let ledger = try scene.ledger()
            defer { try? ledger.close() }
            #expect(try await ledger.recentDeliveries(limit: 9).count == 1)
            #expect(try await ledger.pendingMoves().isEmpty)
        }
    }

    /// So that they run beside each other.
    private static let shares = 2

    @Test(
        "whichever write is refused, the delivery ends as if nothing had happened", arguments: Fault.Kind.allCases,
        0..<shares)
    func everyStep(kind: Fault.Kind, share: Int) async throws {
        let wanted = try await Self.undisturbed(.archive)
        #expect(wanted.steps > 60)
        for step in stride(from: share, to: wanted.steps, by: Self.shares) {
            try await Self.expectSame(.archive, Fault(kind, at: step), kind, wanted.files)
        }
    }

    @Test("so it does where several in a row are refused", arguments: Fault.Kind.allCases)
    func lasting(kind: Fault.Kind) async throws {
        let wanted = try await Self.undisturbed(.archive)
        for step in stride(from: 0, to: wanted.steps - 1, by: 5) {
            try await Self.expectSame(.archive, Fault(kind, at: step, times: 4), kind, wanted.files)
        }
    }

    @Test("so it does where inputs are deleted", arguments: [Fault.Kind.broken, .full, .denied])
    func deleting(kind: Fault.Kind) async throws {
        let wanted = try await Self.undisturbed(.delete)
        // what comes before the inputs' turn is the same for all modes, and that is more than the first half
        for step in (wanted.steps / 2)..<wanted.steps {
            try await Self.expectSame(.delete, Fault(kind, at: step), kind, wanted.files)
        }
    }
}
