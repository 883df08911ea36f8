import Batch
import Delivery
import Disk
import Foundation
import Render
import Synchronization
import SystemPackage
import Testing
import Words

/// Each write of a render is refused in turn.
@Suite(.timeLimit(.minutes(5))) struct RenderFaultTests {
    private static let audios = ["a": "one", "b": "reject", "c": "fail"]

    private struct End: Hashable {
        var state: RenderState
        var code: String?
        var bytes: Int64?
    }

    private struct Outcome {
        var ends: [FilePath: End] = [:]
        var videos: [String: Data] = [:]
        /// Starts of a worker, as the engine and as the ledger counts them.
        var renders = 0
        var attempts = 0
        var steps = 0
    }

    private static func pair(_ name: String) -> Pair {
        Pair(
            again: .folder("dealers"), audio: FilePath("dealers/\(name).wav"), avatar: "dealers/avatar.png",
            points: nil, revision: 1)
    }

    private static func work(
        _ fault: Fault, _ settings: RenderQueueSettings = RenderQueueSettings(workers: 1)
    ) async throws -> Outcome {
        try await Scene.with { scene in
            try scene.put("face", "inbox/dealers/avatar.png")
            for (name, text) in audios { try scene.put(text, "inbox/dealers/\(name).wav") }
            let (ledger, engine) = (try scene.ledger(fault), StubEngine())
            let queue = RenderQueue(
                ledger: ledger, inbox: try scene.root("inbox"), work: try scene.folder("state/work", fault),
                engine: engine, settings: settings, clock: ImpatientClock(), date: { Scene.date })
            let running = Task { try await queue.run() }
            var outcome = Outcome()
            for name in audios.keys.sorted() {
                // one after the other, so that the steps are the same each time
                await queue.submit(pair(name))
                for await event in queue.events {
                    guard case .ended(let pair, let render) = event else { continue }
                    outcome.ends[pair.audio] = End(
                        state: render.state, code: render.problem?.reason.rawValue, bytes: render.facts?.bytes)
                    outcome.attempts += render.attempts
                    break
                }
            }
            running.cancel()
            try await running.value
            try ledger.close()
            outcome.videos = try scene.files(below: ["state/work"]).filter { !$0.key.hasSuffix("/") }
            (outcome.renders, outcome.steps) = (engine.all, fault.count)
            return outcome
        }
    }

    @Test("whichever write is refused, each render has its outcome", arguments: Fault.Kind.allCases)
    func everyStep(kind: Fault.Kind) async throws {
        let wanted = try await Self.work(Fault())
        #expect(wanted.steps > 20)
        #expect(wanted.renders == 5)
        #expect(wanted.ends.values.map(\.state.rawValue).sorted() == ["failed", "ok", "rejected"])
        for step in 0..<wanted.steps {
            for times in kind.isRefusal ? [1, 3] : [1] {
                let fault = Fault(kind, at: step, times: times)
                let found = try await Self.work(fault)
                let spot = "\(kind) at \(fault.refused)"
                #expect(found.ends == wanted.ends, "\(spot)")
                #expect(found.videos.keys.filter { $0.hasSuffix(".mp4") && !$0.contains("attempts") }.count == 1)
                #expect(found.renders == found.attempts, "\(spot)")
                // only what could not be written or stored is made again
                let isLost = fault.refused.contains { $0.hasPrefix("write") || $0.hasPrefix("sync(") }
                #expect(found.renders <= wanted.renders + (isLost ? times : 0), "\(spot)")
            }
        }
    }

    @Test("one that disk or share refuse for longer than it may has failed, with what was wrong")
    func giveUp() async throws {
        try await Scene.with { scene in
            try scene.put("face", "inbox/dealers/avatar.png")
            for name in ["a", "b"] { try scene.put("one \(name)", "inbox/dealers/\(name).wav") }
            let ledger = try scene.ledger()
            let locked = Refusal { operation in
                if case .create = operation { .permissionDenied } else { nil }
            }
            let clock = SteadyClock()
            let queue = RenderQueue(
                ledger: ledger, inbox: try scene.root("inbox"), work: try scene.folder("state/work", locked),
                engine: StubEngine(), settings: RenderQueueSettings(workers: 1), clock: clock, date: { Scene.date })
            // one that is there, and one that never was
            for name in ["a", "gone"] { await queue.submit(Self.pair(name)) }
            let running = Task { try await queue.run() }
            var (ends, waits): ([FilePath: RenderRecord], Int) = ([:], 0)
            for await event in queue.events {
                if case .waiting = event { waits += 1 }
                if case .ended(let pair, let render) = event { ends[pair.audio] = render }
                if ends.count == 2 { break }
            }
            running.cancel()
            try await running.value
            #expect(waits == 2)
            #expect(clock.now.offset >= .seconds(86_400))
            // one after the other at most, each with waits of a minute
            #expect(clock.now.offset < .seconds(2 * (86_400 + 60)))
            let (forbidden, gone) = (ends["dealers/a.wav"], ends["dealers/gone.wav"])
            #expect(forbidden?.state == .failed && forbidden?.problem?.reason == .gaveUp)
            #expect(
                forbidden?.problem?.message.contains("24 h, and could not go on: rendering: no permission.") == true)
            #expect(forbidden?.attempts == 0)
            #expect(gone?.problem?.reason == .gaveUp && gone?.content == nil)
            // the next start knows it
            #expect(try await ledger.renderCounts() == [.failed: 1])
            try ledger.close()
        }
    }

    @Test("the ledger is waited for however long it takes")
    func ledgerIsWaitedFor() async throws {
        let found = try await Self.work(
            Fault(.full, at: 6, times: 300),
            RenderQueueSettings(workers: 1, giveUpAfter: .seconds(1)))
        #expect(found.ends.values.map(\.state.rawValue).sorted() == ["failed", "ok", "rejected"])
    }

    @Test("no render begins where too little is free: room is made and waited for, and that is told once")
    func room() async throws {
        try await Scene.with { scene in
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("one", "inbox/dealers/a.wav")
            let (ledger, engine) = (try scene.ledger(), StubEngine())
            let (asks, ask) = AsyncStream<Void>.makeStream()
            let queue = RenderQueue(
                ledger: ledger, inbox: try scene.root("inbox"), work: try scene.folder("state/work"), engine: engine,
                settings: RenderQueueSettings(workers: 1, giveUpAfter: .zero, minFree: .max), clock: ImpatientClock(),
                date: { Scene.date })
            // each time another number of megabytes is missing
            await queue.whenShort {
                try? scene.put(String(repeating: "x", count: 2_000_000), "filler-\(UUID().uuidString)")
                ask.yield()
            }
            let running = Task { try await queue.run() }
            await queue.submit(Self.pair("a"))
            var count = 0
            for await _ in asks {
                count += 1
                if count == 5 { break }
            }
            running.cancel()
            try await running.value
            var (waits, ends): ([String], Int) = ([], 0)
            for await event in queue.events {
                if case .waiting(_, let obstruction) = event { waits.append(obstruction.phrase.en) }
                if case .ended = event { ends += 1 }
            }
            #expect(engine.all == 0 && ends == 0 && waits.count == 1)
            #expect(
                waits.first?.contains("MB too little is free on the disk of \(scene.root.pushing("state/work"))")
                    == true)
            try ledger.close()
        }
    }
}

/// A clock on which each wait is over at once, and has lasted as long as it should have.
private final class SteadyClock: Clock {
    typealias Instant = ImpatientClock.Instant

    private let passed = Mutex(Duration.zero)
    var now: Instant { Instant(offset: passed.withLock { $0 }) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        passed.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }
}
