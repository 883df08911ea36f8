import Delivery
import Disk
import Foundation
import Synchronization
import SystemPackage
import Testing
import Words

@Suite(.timeLimit(.minutes(1))) struct CoordinatorTests {
    private static func fill(_ scene: Scene, _ folder: String = "dealers", _ audios: [String] = ["one"]) throws {
        try scene.put("face", "inbox/\(folder)/avatar.png")
        for audio in audios { try scene.put("\(folder) \(audio)", "inbox/\(folder)/\(audio).wav") }
        try scene.put("", "inbox/\(folder)/batch.ready")
    }

    @Test("what is dropped while it runs is rendered, delivered and archived")
    func dropped() async throws {
        try await Scene.with { scene in
            let engine = StubEngine()
            let service = try RunningService(scene, engine)
            try await service.whileRunning {
                try Self.fill(scene, "dealers", ["one", "two"])
                await service.wait { $0.delivered.count == 1 }
                // the same folder again, at once
                try Self.fill(scene, "dealers", ["three"])
                await service.wait { $0.delivered.count == 2 && $0.delivering.isEmpty }
            }
            #expect(engine.all == 3)
            #expect(try scene.rows().map { $0.split(separator: " ")[2] } == ["ok", "ok", "ok"])
            let left = try scene.files(below: ["inbox"]).keys.filter { !$0.hasSuffix("/") }
            #expect(left.count == 7)
            #expect(left.allSatisfy { $0.hasPrefix("inbox/_archive/") })
        }
    }

    @Test("--once delivers what can be, and ends with the rest where it is")
    func once() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, "a")
            try Self.fill(scene, "b", ["one", "two"])
            try scene.put("face", "inbox/open/avatar.png")
            try scene.put("words", "inbox/open/one.wav")
            try scene.put("", "inbox/empty/batch.ready")
            try await RunningService(scene, isOnce: true).run()
            #expect(try scene.results() == Scene.set("a") + Scene.set("b"))
            #expect(try scene.files(below: ["inbox"])["inbox/open/one.wav"] != nil)
        }
    }

    @Test("--once ends in an empty inbox too")
    func onceEmpty() async throws {
        try await Scene.with { scene in
            try await RunningService(scene, isOnce: true).run()
            #expect(try scene.results().isEmpty)
        }
    }

    @Test("what is no file gets a row that says so, and stays")
    func links() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let link = scene.root.appending("inbox").appending("dealers").appending("two.wav")
            try FileManager.default.createSymbolicLink(
                atPath: link.string, withDestinationPath: scene.root.appending("secret").string)
            try await RunningService(scene, isOnce: true).run()
            #expect(try scene.rows() == ["dealers one ok", "dealers two rejected  not_a_file"])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.string).hasSuffix("/secret"))
        }
    }

    @Test(
        "a delivery that was cut off is finished once by the next start, without another render",
        arguments: ["L2 planned", "L4 prepared", "L6 delivered", "L8 archived"])
    func restart(cutBefore change: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger(CommitRefusal(change: change))
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            await #expect(throws: Obstruction.self) { try await publisher.deliver(delivery) }
            try ledger.close()
            let engine = StubEngine()
            try await RunningService(scene, engine, isOnce: true).run()
            #expect(try scene.results() == Scene.set("dealers"))
            #expect(engine.all == 0)
            #expect(try scene.files(below: ["inbox"])["inbox/dealers/one.wav"] == nil)
        }
    }

    @Test("a second service with the same state folder says so and touches nothing")
    func sharedState() async throws {
        try await Scene.with { scene in
            try scene.put("hang", "inbox/dealers/one.wav")
            try scene.put("face", "inbox/dealers/one.png")
            let service = try RunningService(scene)
            try await service.whileRunning {
                await service.wait { $0.running.count == 1 }
                let error = await #expect(throws: LedgerProblem.self) {
                    try await RunningService(scene, isOnce: true).run()
                }
                #expect(error?.description.contains("used by another HeyGemWatch (process ") == true)
                let attempts = try scene.files(below: ["state"]).keys.filter { $0.contains("/attempts/") }
                #expect(attempts.count == 2)
            }
            // the first has ended: its state is free
            try scene.put("words", "inbox/dealers/one.wav")
            try await RunningService(scene, isOnce: true).run()
        }
    }

    @Test("while the outbox refuses, the delivery waits and says why; then it goes on by itself")
    func refused() async throws {
        try await Scene.with { scene in
            let isReadOnly = Mutex(true)
            let outbox = Refusal { _ in isReadOnly.withLock { $0 } ? .readOnlyFileSystem : nil }
            let service = try RunningService(scene, outbox: outbox)
            try Self.fill(scene)
            try await service.whileRunning {
                await service.wait { $0.delivering.first?.waitsFor.contains("read-only") == true }
                let inbox = try scene.files(below: ["inbox"])
                #expect(inbox["inbox/dealers/one.wav"] != nil)
                isReadOnly.withLock { $0 = false }
                await service.wait { !$0.delivered.isEmpty }
            }
            #expect(try scene.results() == Scene.set("dealers"))
        }
    }

    @Test("ended while it renders, it hands the render back, which counts for nothing")
    func handedBack() async throws {
        try await Scene.with { scene in
            try scene.put("hang", "inbox/dealers/one.wav")
            try scene.put("face", "inbox/dealers/one.png")
            for _ in 1...4 {
                let service = try RunningService(scene)
                try await service.whileRunning { await service.wait { $0.running.count == 1 } }
            }
            let ledger = try scene.ledger()
            #expect(try await ledger.attemptCount() == 4)
            #expect(try await ledger.renderCounts()[.failed] == nil)
        }
    }

    @Test("the status file tells the delivery, and at last that nothing runs")
    func statusFile() async throws {
        try await Scene.with { scene in
            let service = try RunningService(scene)
            let writer = StatusWriter(
                coordinator: service.coordinator, state: try scene.folder("state"), outbox: try scene.root("outbox"),
                started: Scene.date, clock: ImpatientClock())
            try await service.whileRunning {
                let (statuses, told) = AsyncStream<ServiceStatus>.makeStream()
                let writing = Task { await writer.run { told.yield($0) } }
                try Self.fill(scene)
                for await status in statuses where status.delivered.count == 1 { break }
                writing.cancel()
                await writing.value
            }
            let text = String(decoding: try scene.files()["outbox/status.txt"] ?? Data(), as: UTF8.self)
            #expect(text.contains("_dealers.zip: 1 video"))
            #expect(text.contains("is not running"))
            let json = try scene.files(below: ["state"])["state/status.json"] ?? Data()
            #expect(try ServiceStatus.decode(json).delivered.count == 1)
        }
    }
}
