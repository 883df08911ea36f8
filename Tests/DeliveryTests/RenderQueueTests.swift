import Batch
import Delivery
import Disk
import Foundation
import Render
import Synchronization
import SystemPackage
import Testing
import Words

@Suite struct RenderQueueTests {
    /// The pairs that the batch machine makes of what lies in the inbox.
    private static func pairs(_ scene: Scene) throws -> [Pair] {
        var machine = Inbox(rules: BatchRules(folderQuiet: .zero, lateGrace: .zero))
        var actions: [InboxAction] = []
        for path in try scene.files(below: ["inbox"]).keys.sorted() where !path.hasSuffix("/") {
            actions += machine.handle(.settled(FilePath(String(path.dropFirst("inbox/".count)))), now: .zero)
        }
        actions += machine.handle(.tick, now: .seconds(1))
        return actions.compactMap { if case .render(let pair) = $0 { pair } else { nil } }
    }

    /// Runs a queue while `body` works with it, then shuts it down in order.
    private static func withQueue<Result: Sendable>(
        _ scene: Scene, _ engine: StubEngine, workers: Int = 2, clock: ImpatientClock = ImpatientClock(),
        work: (any DiskObserver)? = nil, _ body: (RenderQueue) async throws -> Result
    ) async throws -> Result {
        let ledger = try scene.ledger()
        let queue = RenderQueue(
            ledger: ledger, inbox: try scene.root("inbox"), work: try scene.folder("state/work", work),
            engine: engine, settings: RenderQueueSettings(workers: workers), clock: clock, date: { Scene.date })
        let running = Task { try await queue.run() }
        let result = try await body(queue)
        running.cancel()
        try await running.value
        try ledger.close()
        return result
    }

    /// Submits all and waits until all have ended.
    private static func render(_ pairs: [Pair], _ queue: RenderQueue) async -> [Pair: RenderState] {
        for pair in pairs { await queue.submit(pair) }
        var ends: [Pair: RenderState] = [:]
        for await event in queue.events {
            if case .ended(let pair, let render) = event { ends[pair] = render.state }
            if ends.count == pairs.count { break }
        }
        return ends
    }

    private static func fill(_ scene: Scene, _ audios: [String: String]) throws {
        try scene.put("face", "inbox/dealers/avatar.png")
        for (name, text) in audios { try scene.put(text, "inbox/dealers/\(name).wav") }
    }

    @Test("the same content is rendered once, for all that need it and for ever")
    func once() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "same", "b": "same", "c": "other", "d": "reject"])
            let pairs = try Self.pairs(scene)
            #expect(pairs.count == 4)
            for life in 1...2 {
                let engine = StubEngine()
                let ends = try await Self.withQueue(scene, engine) { await Self.render(pairs, $0) }
                #expect(ends.values.filter { $0 == .ok }.count == 3)
                #expect(ends.values.filter { $0 == .rejected }.count == 1)
                #expect(engine.all == (life == 1 ? 3 : 0))
            }
            #expect(try await scene.ledger().attemptCount() == 3)
            #expect(try scene.files(below: ["state/work"]).keys.filter { $0.hasSuffix(".mp4") }.count == 2)
        }
    }

    @Test("what is wrong with equal files is told of each by its own name, also later")
    func ownNames() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "cut short", "b": "cut short"])
            let pairs = try Self.pairs(scene)
            for life in 1...2 {
                let engine = StubEngine()
                let told = try await Self.withQueue(scene, engine) { queue in
                    _ = await Self.render(pairs, queue)
                    var told: [String] = []
                    for pair in pairs { told.append(await queue.outcome(of: pair)?.problem?.values["file"]?.en ?? "") }
                    return told
                }
                #expect(told == pairs.map { $0.audio.lastComponent?.string ?? "" })
                #expect(engine.all == (life == 1 ? 1 : 0))
            }
        }
    }

    @Test("a video that is not in the work folder any more is rendered again")
    func lost() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "one"])
            let pairs = try Self.pairs(scene)
            _ = try await Self.withQueue(scene, StubEngine()) { await Self.render(pairs, $0) }
            for file in try scene.files(below: ["state/work"]).keys where file.hasSuffix(".mp4") {
                try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath(file)).string)
            }
            let engine = StubEngine()
            #expect(try await Self.withQueue(scene, engine) { await Self.render(pairs, $0) }.values.first == .ok)
            #expect(engine.all == 1)
        }
    }

    @Test("no more workers than allowed", arguments: [1, 2, 3])
    func workers(limit: Int) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, Dictionary(uniqueKeysWithValues: (1...12).map { ("\($0)", "text \($0)") }))
            let (engine, pairs) = (StubEngine(), try Self.pairs(scene))
            _ = try await Self.withQueue(scene, engine, workers: limit) { await Self.render(pairs, $0) }
            #expect(engine.most <= limit)
            #expect(engine.all == 12)
        }
    }

    @Test("an engine that gives up is asked twice more, with waits, and then the item has failed")
    func failures() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "fail"])
            let (engine, clock, pairs) = (StubEngine(), ImpatientClock(), try Self.pairs(scene))
            let ends = try await Self.withQueue(scene, engine, clock: clock) { await Self.render(pairs, $0) }
            #expect(ends.values.first == .failed)
            #expect(engine.all == 3)
            #expect(clock.waits == [.seconds(5), .seconds(30)])
        }
    }

    @Test("a shutdown hands back what runs, and counts it against nothing")
    func shutdown() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "hang"])
            let pairs = try Self.pairs(scene)
            for _ in 1...5 {
                let (started, start) = AsyncStream<String>.makeStream()
                try await Self.withQueue(scene, StubEngine { start.yield($0) }) { queue in
                    await queue.submit(pairs[0])
                    for await _ in started { break }
                }
            }
            let ledger = try scene.ledger()
            #expect(try await ledger.recoverRenders(at: Scene.date).isEmpty)
            #expect(try await ledger.attemptCount() == 5)
            #expect(try await ledger.renderCounts() == [.dropped: 1])
            #expect(try scene.files(below: ["state/work"]).keys.allSatisfy { $0.hasSuffix("/") })
        }
    }

    @Test("a render that nobody needs any more is ended, and the next one starts")
    func withdrawn() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "hang", "b": "fine"])
            let pairs = try Self.pairs(scene)
            let (started, start) = AsyncStream<String>.makeStream()
            let ends = try await Self.withQueue(scene, StubEngine { start.yield($0) }, workers: 1) { queue in
                await queue.submit(pairs[0])
                for await _ in started { break }
                await queue.withdraw(pairs[0])
                return await Self.render([pairs[1]], queue)
            }
            #expect(ends == [pairs[1]: .ok])
            #expect(try await scene.ledger().renderCounts() == [.ok: 1, .dropped: 1])
        }
    }

    @Test("an input that changes during its render makes the result void")
    func changed() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "first"])
            let pairs = try Self.pairs(scene)
            let engine = StubEngine { text in
                if text == "first" { try? scene.put("second", "inbox/dealers/a.wav") }
            }
            _ = try await Self.withQueue(scene, engine) { await Self.render(pairs, $0) }
            #expect(engine.all == 2)
            let videos = try scene.files(below: ["state/work"]).filter { $0.key.hasSuffix(".mp4") }.values
            #expect(videos.map { String(decoding: $0, as: UTF8.self) } == ["video of second"])
        }
    }

    @Test("a full disk is waited out, without counting as a failure")
    func fullDisk() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["a": "one"])
            let (engine, pairs, tries) = (StubEngine(), try Self.pairs(scene), Tries())
            let full = Refusal { operation in
                if case .create = operation, tries.next() <= 4 { .noSpace } else { nil }
            }
            let clock = ImpatientClock()
            let ends = try await Self.withQueue(scene, engine, clock: clock, work: full) {
                await Self.render(pairs, $0)
            }
            #expect(ends.values.first == .ok)
            #expect(engine.all == 1)
            #expect(clock.waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        }
    }

    private final class Tries: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }
}
