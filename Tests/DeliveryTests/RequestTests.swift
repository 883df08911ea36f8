import Batch
import Delivery
import Disk
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// Retry and cancel, asked as commands ask: through the ledger, with a knock on the state folder.
    @Suite(.timeLimit(.minutes(2))) struct RequestTests {
        private static func service(
            _ scene: Scene, _ engine: StubEngine = StubEngine(), clock: VirtualClock = VirtualClock()
        ) throws -> RunningService {
            try RunningService(scene, RunningService.Options(engine: engine, clock: clock))
        }

        private static func drop(_ service: RunningService, _ audios: [String: String]) async throws {
            for (name, text) in audios { try await service.drop(["dealers/\(name).wav": text]) }
            try await service.drop(["dealers/avatar.png": "face", "dealers/batch.ready": ""])
        }

        @Test("a cancelled batch renders no more and is held, also after a restart; retry lets it go on")
        func cancel() async throws {
            try await Scene.with { scene in
                let first = try Self.service(scene)
                try await first.whileRunning {
                    try await Self.drop(first, ["one": "hang"])
                    try await first.live { $0.running.count == 1 }
                    let answer = try await first.ask(.cancel(batch: "dealers"))
                    #expect(answer.state == .done)
                    #expect(answer.words.en.contains("heygem-watch retry dealers"))
                    try await first.live { $0.running.isEmpty && $0.batches.first?.isHeld == true }
                    #expect(await first.status.batches.first?.problems.first?.text.contains("by eva") == true)
                    try await first.live { _ in try scene.text("inbox/dealers/batch.ready.error.txt") != nil }
                }
                try scene.put("words", "inbox/dealers/one.wav")
                let engine = StubEngine()
                let second = try Self.service(scene, engine)
                try await second.whileRunning {
                    try await second.live { $0.batches.first?.problems.map(\.code) == [.cancelled] }
                    try await second.live(for: .seconds(3600))
                    #expect(engine.all == 0)
                    let answer = try await second.ask(.retry(batch: "dealers", item: nil))
                    #expect(answer == RequestAnswer(.done, Phrase("“dealers” goes on.", zh: "“dealers”已继续。")))
                    try await second.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["dealers one ok"])
                #expect(
                    try scene.inputs() == ["avatar.png", "batch.ready", "one.wav"].map { "_archive/dealers/\($0)" })
                let ledger = try scene.ledger()
                #expect(try await ledger.holds().isEmpty)
                let events = try await ledger.history(limit: 10).map(\.event)
                #expect(events.contains(.cancelled) && events.contains(.resumed))
            }
        }

        @Test("a cancelled batch that is taken away is forgotten: the next one under that name is not held")
        func forgotten() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "hang"])
                    _ = try await service.ask(.cancel(batch: "dealers"))
                    try await service.live { $0.batches.first?.isHeld == true }
                    try FileManager.default.removeItem(atPath: scene.root.pushing("inbox/dealers").string)
                    try await service.live { $0.batches.isEmpty }
                    try await Self.drop(service, ["one": "words"])
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try await scene.ledger().holds().isEmpty)
            }
        }

        @Test("what can't be done is refused with the reason")
        func refused() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "words"])
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                    try await service.drop(["may/one.wav": "words"])
                    let asked: [(Request.Kind, String)] = [
                        (.cancel(batch: "dealers"), "It is too late: “dealers” has closed"),
                        (.cancel(batch: "june"), "There is no open batch “june”. Open are: may."),
                        (.resume(batch: "may"), "“may” is not cancelled."),
                        (.retry(batch: "dealers", item: nil), "There is nothing to try again"),
                        (.retry(batch: "dealers", item: "two"), "There is no item “two”"),
                        (.retry(batch: "june", item: nil), "Nothing was delivered under the name “june”"),
                    ]
                    for (kind, words) in asked {
                        let answer = try await service.ask(kind)
                        #expect(answer.state == .refused)
                        #expect(answer.words.en.hasPrefix(words), "\(answer.words.en)")
                        #expect(!answer.words.zh.isEmpty && answer.words.zh != answer.words.en)
                    }
                }
            }
        }

        @Test("one item again: rendered, and delivered anew with all the others")
        func retryItem() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let service = try Self.service(scene, engine)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "words", "two": "fail 2", "three": "fail 3"])
                    try await service.live { $0.delivered.first?.bad == 2 && $0.delivering.isEmpty }
                    #expect(engine.all == 7)
                    engine.mend()
                    let accepted = try await service.ask(.retry(batch: "dealers", item: "two"))
                    #expect(accepted.words.en.contains("1 video to render"))
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty && $0.retries.isEmpty }
                    #expect(engine.all == 8)
                    _ = try await service.ask(.retry(batch: "dealers", item: nil), until: .done)
                    try await service.live { $0.delivered.count == 3 && $0.delivering.isEmpty }
                }
                let rows = try scene.rows()
                #expect(
                    rows.filter { $0.hasSuffix("failed  engine") }.sorted().map { $0.split(separator: " ")[1] } == [
                        "three", "three", "two",
                    ])
                #expect(rows.count { $0 == "dealers two ok" } == 2)
                let deliveries = try await scene.ledger().recentDeliveries(limit: 10)
                #expect(deliveries.map(\.videos).sorted() == [1, 2, 3])
                #expect(deliveries.count { $0.delivery.firstZip != nil } == 2)
                #expect(try scene.inputs().filter { $0.hasPrefix("_failed") && $0.hasSuffix(".wav") }.isEmpty)
            }
        }

        @Test("asked while nothing runs, or cut off in the middle, a retry is carried out by the next start, once")
        func restart() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let first = try Self.service(scene, engine)
                try await first.whileRunning {
                    try await Self.drop(first, ["one": "fail 1", "two": "fail 2"])
                    try await first.live { $0.delivered.first?.bad == 2 && $0.delivering.isEmpty }
                }
                let ledger = try scene.ledger()
                let id = try await ledger.ask(Request(.retry(batch: "dealers", item: nil), who: "eva"))
                try ledger.close()
                // each try of the engine waits 5 s, which do not pass
                let second = try Self.service(scene)
                try await second.whileRunning {
                    try await second.live(within: .seconds(4)) {
                        !$0.retries.isEmpty && $0.queued + $0.running.count > 0
                    }
                }
                let mended = StubEngine()
                mended.mend()
                let third = try Self.service(scene, mended)
                try await third.whileRunning {
                    try await third.live { $0.delivered.count == 2 && $0.delivering.isEmpty && $0.retries.isEmpty }
                    #expect(try await third.ledger.answer(of: id)?.state == .done)
                    try await third.live(for: .seconds(3600))
                }
                let fourth = try Self.service(scene, mended)
                try await fourth.whileRunning { try await fourth.live(for: .seconds(3600)) }
                #expect(try scene.results().count { $0.hasSuffix(".zip") } == 2)
                #expect(try await scene.ledger().recentDeliveries(limit: 10).map(\.bad).sorted() == [0, 2])
            }
        }

        @Test("a retry whose file was taken away tells that it is gone")
        func removed() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let service = try Self.service(scene, engine)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "fail 1", "two": "fail 2"])
                    try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                    engine.mend()
                    let failed = try #require(
                        try scene.files().keys.first { $0.contains("_failed") && $0.hasSuffix("one.wav") })
                    try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath(failed)).string)
                    let answer = try await service.ask(.retry(batch: "dealers", item: nil), until: .done)
                    #expect(answer.words.en.contains("1 of 1 rendered"))
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
                }
                #expect(try scene.rows().contains("dealers one rejected  removed"))
            }
        }

        @Test("the last answer names the delivery that comes of it")
        func namesDelivery() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let service = try Self.service(scene, engine)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "fail 1", "two": "words"])
                    try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                    engine.mend()
                    let mended = try await service.ask(.retry(batch: "dealers", item: nil), until: .done)
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
                    let newest = try await service.ledger.recentDeliveries(limit: 1).first
                    #expect(newest?.delivery.id == mended.delivery)
                    #expect(newest?.bad == 0)
                }
            }
        }

        @Test("a retry that can't go on says why, and no more when it goes on; it leaves no item without a video")
        func stuck() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let service = try Self.service(scene, engine)
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "fail 1"])
                    try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                    engine.mend()
                    let attempts = scene.root.pushing("state/work/attempts").string
                    try FileManager.default.removeItem(atPath: attempts)
                    try scene.put("", "state/work/attempts")
                    _ = try await service.ask(.retry(batch: "dealers", item: nil))
                    try await service.live { $0.retries.first?.waitsFor.hasPrefix("rendering") == true }
                    try FileManager.default.removeItem(atPath: attempts)
                    try FileManager.default.createDirectory(atPath: attempts, withIntermediateDirectories: false)
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty && $0.retries.isEmpty }
                    #expect(await service.status.delivered.first?.bad == 0)
                    // the next batch of that folder begins with none
                    try await service.drop(["dealers/three.wav": "words"])
                    try await service.live { $0.batches.first?.unpaired.count == 1 }
                    #expect(await service.status.batches.first?.bad == 0)
                }
            }
        }

        @Test("a retry that can't go on for too long is refused, with what it waited for")
        func givenUp() async throws {
            try await Scene.with { scene in
                let service = try RunningService(
                    scene, RunningService.Options(clock: VirtualClock(), giveUpAfter: .seconds(120)))
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "fail 1"])
                    try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                    let attempts = scene.root.pushing("state/work/attempts").string
                    try FileManager.default.removeItem(atPath: attempts)
                    try scene.put("", "state/work/attempts")
                    let asked = try await service.ask(.retry(batch: "dealers", item: nil))
                    try await service.live { $0.retries.first?.waitsFor.hasPrefix("rendering") == true }
                    try await service.live { $0.retries.isEmpty }
                    let answer = try await service.ledger.answer(of: 1)
                    #expect(asked.state == .accepted && answer?.state == .refused)
                    #expect(answer?.words.en.contains("could not go on: rendering") == true)
                }
            }
        }

        @Test("requests are heard though the folder of the knocks was removed, or moved away")
        func newFolder() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                let requests = scene.root.pushing("state/requests").string
                try await service.whileRunning {
                    try await Self.drop(service, ["one": "hang"])
                    try await service.live { $0.running.count == 1 }
                    try FileManager.default.removeItem(atPath: requests)
                    // as each command does
                    _ = try RequestFolder(state: try scene.folder("state"))
                    #expect(try await service.ask(.cancel(batch: "dealers")).state == .done)
                    try FileManager.default.moveItem(atPath: requests, toPath: requests + ".old")
                    _ = try RequestFolder(state: try scene.folder("state"))
                    #expect(try await service.ask(.resume(batch: "dealers")).state == .done)
                }
            }
        }

        @Test("--once does what was asked, then ends")
        func once() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                try scene.put("face", "inbox/dealers/one.png")
                try scene.put("fail", "inbox/dealers/one.wav")
                try scene.put("", "inbox/dealers/batch.ready")
                let first = try Self.service(scene, engine)
                try await first.whileRunning {
                    try await first.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                }
                engine.mend()
                let ledger = try scene.ledger()
                _ = try await ledger.ask(Request(.retry(batch: "dealers", item: nil), who: "eva"))
                try ledger.close()
                try await RunningService(scene, engine, isOnce: true).run()
                #expect(try await scene.ledger().recentDeliveries(limit: 10).map(\.bad).sorted() == [0, 1])
            }
        }
    }
}
