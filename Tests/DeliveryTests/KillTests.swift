import Batch
import Delivery
import Disk
import Foundation
import SystemPackage
import Testing

@Suite struct KillTests {
    private static func fill(_ scene: Scene) throws {
        try scene.putDealers()
        try scene.put("text", "inbox/dealers/notes.txt")
    }

    /// Closes and delivers what is in the inbox, or goes on with what was begun.
    ///
    /// - Parameter limit: of a ZIP.
    private static func work(
        _ scene: Scene, _ fuse: Fuse, _ mode: AfterDelivery = .archive, limit: UInt64? = nil
    ) async throws {
        let ledger = try scene.ledger(fuse)
        defer { try? ledger.close() }
        let publisher = try scene.publisher(
            ledger, fuse, settings: PublisherSettings(afterDelivery: mode, maxZipSize: limit))
        for obstructed in try await publisher.recover() { throw obstructed.obstruction }
        guard try await ledger.recentDeliveries(limit: 9).isEmpty else { return }
        let plain = try scene.ledger()
        defer { try? plain.close() }
        let closed = try await scene.closed(plain)
        _ = try await publisher.deliver(try await publisher.close(closed))
    }

    private static func undisturbed(
        taken: String? = nil, _ mode: AfterDelivery = .archive, limit: UInt64? = nil
    ) async throws -> (files: [String: Data], steps: Int) {
        try await Scene.with { scene in
            try fill(scene)
            let fuse = fuse(after: .max, taken: taken, scene)
            try await work(scene, fuse, mode, limit: limit)
            return (try scene.files(), fuse.count)
        }
    }

    /// - Parameter taken: an ending; somebody takes the first name with it just before we would.
    private static func fuse(after limit: Int, taken: String?, _ scene: Scene) -> Fuse {
        Fuse(after: limit) { operation in
            guard let taken, case .rename(_, let name) = operation,
                name.string == "heygem_batch_result_20251219_142007_dealers" + taken
            else { return }
            try? scene.put("theirs", "outbox/\(name)")
        }
    }

    private static func deliveries(_ scene: Scene) async throws -> Int {
        let ledger = try scene.ledger()
        defer { try? ledger.close() }
        return try await ledger.recentDeliveries(limit: 9).count
    }

    /// Shares of the steps, so that they run beside each other.
    private static let shares = 4

    @Test("killed before any of its steps, a delivery ends as if nothing had happened", arguments: 0..<shares)
    func everyStep(share: Int) async throws {
        let wanted = try await Self.undisturbed()
        #expect(wanted.steps > 40)
        #expect(wanted.files.keys.filter { $0.hasPrefix("outbox/") }.count == 3)
        for step in stride(from: share, to: wanted.steps, by: Self.shares) {
            try await Scene.with { scene in
                try Self.fill(scene)
                await #expect(throws: (any Error).self) { try await Self.work(scene, Fuse(after: step)) }
                try await Self.work(scene, Fuse(after: .max))
                let found = try scene.files()
                #expect(found == wanted.files, "killed before step \(step + 1)")
                #expect(try await Self.deliveries(scene) == 1)
            }
        }
    }

    @Test("so it does where its name is taken while it is published", arguments: [".csv", ".zip.sha256", ".zip"])
    func everyStepWithTakenName(ending: String) async throws {
        let wanted = try await Self.undisturbed(taken: ending)
        #expect(wanted.files.keys.filter { $0.hasPrefix("outbox/") }.count == 4)
        // publishing is in the second half
        for step in (wanted.steps / 2)..<wanted.steps {
            try await Scene.with { scene in
                try Self.fill(scene)
                await #expect(throws: (any Error).self) {
                    try await Self.work(scene, Self.fuse(after: step, taken: ending, scene))
                }
                try await Self.work(scene, Self.fuse(after: .max, taken: ending, scene))
                let found = try scene.files()
                #expect(found == wanted.files, "killed before step \(step + 1)")
                #expect(try await Self.deliveries(scene) == 1)
            }
        }
    }

    @Test("so it does where the inputs are deleted or kept", arguments: [AfterDelivery.delete, .keep], 0..<shares)
    func everyStepOfOtherModes(mode: AfterDelivery, share: Int) async throws {
        let wanted = try await Self.undisturbed(taken: nil, mode)
        // what comes before the inputs' turn is the same for all modes, and that is more than the first half
        for step in stride(from: wanted.steps / 2 + share, to: wanted.steps, by: Self.shares) {
            try await Scene.with { scene in
                try Self.fill(scene)
                await #expect(throws: (any Error).self) { try await Self.work(scene, Fuse(after: step), mode) }
                try await Self.work(scene, Fuse(after: .max), mode)
                let found = try scene.files()
                #expect(found == wanted.files, "killed before step \(step + 1)")
                #expect(try await Self.deliveries(scene) == 1)
            }
        }
    }

    /// So small that each row of the batch gets a ZIP.
    private static let tiny: UInt64 = 1

    @Test("so it does where it consists of several ZIPs, whatever name is taken", arguments: [nil, "-2of4.zip"])
    func everyStepOfParts(taken: String?) async throws {
        let wanted = try await Self.undisturbed(taken: taken, limit: Self.tiny)
        #expect(wanted.files.keys.filter { $0.hasPrefix("outbox/") }.count == (taken == nil ? 9 : 10))
        for step in stride(from: 2, to: wanted.steps, by: 2) {
            try await Scene.with { scene in
                try Self.fill(scene)
                await #expect(throws: (any Error).self) {
                    try await Self.work(scene, Self.fuse(after: step, taken: taken, scene), limit: Self.tiny)
                }
                try await Self.work(scene, Self.fuse(after: .max, taken: taken, scene), limit: Self.tiny)
                let found = try scene.files()
                #expect(found == wanted.files, "killed before step \(step + 1)")
                #expect(try await Self.deliveries(scene) == 1)
            }
        }
    }

    @Test("killed with some of its ZIPs prepared, and started with another limit, a delivery leaves none of them")
    func otherLimit() async throws {
        let limits: [UInt64?] = [Self.tiny, nil]
        for (before, after) in zip(limits, limits.reversed()) {
            let wanted = try await Self.undisturbed(limit: after)
            let whole = try await Self.undisturbed(limit: before)
            for step in whole.steps * 2 / 5..<whole.steps {
                try await Scene.with { scene in
                    try Self.fill(scene)
                    try? await Self.work(scene, Fuse(after: step), limit: before)
                    try await Self.work(scene, Fuse(after: .max), limit: after)
                    let found = try scene.files()
                    // what is prepared is never packed again
                    #expect(found == wanted.files || found == whole.files, "killed before step \(step + 1)")
                }
            }
        }
    }

    /// Tries the delivered batch again, or goes on with that.
    private static func retry(_ scene: Scene, _ fuse: Fuse) async throws {
        let ledger = try scene.ledger(fuse)
        defer { try? ledger.close() }
        let publisher = try scene.publisher(ledger, fuse, date: Scene.date.addingTimeInterval(60))
        for obstructed in try await publisher.recover() { throw obstructed.obstruction }
        guard try await ledger.recentDeliveries(limit: 9).count < 2 else { return }
        let plan = try await publisher.retry(batch: "dealers", item: nil)
        let plain = try scene.ledger()
        defer { try? plain.close() }
        var outcomes: [Pair: RenderRecord] = [:]
        for pair in plan.pairs { outcomes[pair] = try await scene.rendered(pair, plain, isLucky: true) }
        _ = try await publisher.deliver(try await publisher.close(plan, outcomes, who: "eva"))
    }

    private static func delivered(_ scene: Scene) async throws {
        try fill(scene)
        try scene.put("flaky", "inbox/dealers/vip/004.wav")
        try await work(scene, Fuse(after: .max))
    }

    @Test("killed before steps of its own, a retry ends as if nothing had happened", arguments: 0..<shares)
    func everyStepOfRetry(share: Int) async throws {
        let wanted = try await Scene.with { scene in
            try await Self.delivered(scene)
            let fuse = Fuse(after: .max)
            try await Self.retry(scene, fuse)
            return (files: try scene.files(), steps: fuse.count)
        }
        #expect(wanted.files.keys.filter { $0.hasPrefix("outbox/") }.count == 6)
        // what lies between its closing and the inputs' turn is the same as for every delivery
        let steps = Array(0..<4) + Array((wanted.steps / 2)..<wanted.steps)
        for step in stride(from: share, to: steps.count, by: Self.shares).map({ steps[$0] }) {
            try await Scene.with { scene in
                try await Self.delivered(scene)
                await #expect(throws: (any Error).self) { try await Self.retry(scene, Fuse(after: step)) }
                try await Self.retry(scene, Fuse(after: .max))
                let found = try scene.files()
                #expect(found == wanted.files, "killed before step \(step + 1)")
                #expect(try await Self.deliveries(scene) == 2)
            }
        }
    }

    @Test("killed again and again while it recovers, it still ends so", arguments: 1...12)
    func repeatedly(stride: Int) async throws {
        let wanted = try await Self.undisturbed()
        try await Scene.with { scene in
            try Self.fill(scene)
            // each life makes a few steps more than the one before, so that it ends
            for life in 1... {
                do {
                    try await Self.work(scene, Fuse(after: life * stride))
                    break
                } catch {}
                #expect(try scene.files(below: ["outbox"]).keys.allSatisfy { Self.isWhole($0, wanted.files) })
            }
            #expect(try scene.files() == wanted.files)
            #expect(try await Self.deliveries(scene) == 1)
        }
    }

    /// Hidden partials, and files that the undisturbed run has as well.
    private static func isWhole(_ path: String, _ wanted: [String: Data]) -> Bool {
        path.hasPrefix("outbox/.heygem-") || wanted[path] != nil
    }
}
