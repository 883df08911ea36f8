import Batch
import Delivery
import Disk
import Foundation
import Pack
import SystemPackage
import Testing
import Words

@Suite struct RetryTests {
    private static let first = "20251219_142007_dealers"
    private static let second = "20251219_142107_dealers"

    /// Two that work, two that fail the first time, one that is unusable and one without a partner.
    private static func fill(_ scene: Scene) throws {
        for file in ["avatar.png", "1.wav", "own.wav", "own.png", "half/alone.mp4"] {
            try scene.put("content of \(file)", "inbox/dealers/\(file)")
        }
        for file in ["2.wav", "vip/3.wav"] { try scene.put("flaky \(file)", "inbox/dealers/\(file)") }
        try scene.put("bad", "inbox/dealers/bad.wav")
        try scene.put("tags: [eu]\noperator: Anna\n", "inbox/dealers/batch.ready")
    }

    private static func inbox(_ scene: Scene) throws -> [String] {
        try scene.files(below: ["inbox"]).keys.filter { !$0.hasSuffix("/") && !$0.contains("/.heygem-watch") }
            .map { String($0.dropFirst("inbox/".count)) }.sorted()
    }

    private static func rows(_ scene: Scene, _ batch: String) throws -> [[String]] {
        let csv = try scene.files(below: ["outbox"])["outbox/heygem_batch_result_\(batch).csv"] ?? Data()
        return try CSVText(Array(csv)).records.dropFirst().map(\.cells)
    }

    /// Column 2: item, 3: status.
    private static func states(_ scene: Scene, _ batch: String) throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try rows(scene, batch).map { ($0[2], $0[3]) })
    }

    @Test("a retry delivers the whole batch anew, names the first, and moves what is well now")
    func whole() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let before = try await scene.deliver(ledger)
            #expect((before.videos, before.bad) == (2, 4))
            let after = try await scene.retry(ledger, "dealers")
            #expect((after.videos, after.bad, after.delivery.first) == (4, 2, before.delivery.id))
            #expect(after.delivery.firstZip == "heygem_batch_result_\(Self.first).zip")
            #expect(
                try Self.states(scene, Self.second) == [
                    "1": "ok", "2": "ok", "own": "ok", "vip/3": "ok", "bad": "rejected", "half/alone": "unpaired",
                ])
            let rows = try Self.rows(scene, Self.second)
            #expect(rows.allSatisfy { $0[10].contains("heygem_batch_result_\(Self.first).zip") })
            #expect(rows.first { $0[2] == "2" }?[5] == "dealers/2.wav")
            #expect(rows.first { $0[2] == "2" }?[4] == "eu")
            #expect(
                try Self.inbox(scene) == [
                    "_archive/\(Self.first)/1.wav", "_archive/\(Self.first)/avatar.png",
                    "_archive/\(Self.first)/batch.ready", "_archive/\(Self.first)/own.png",
                    "_archive/\(Self.first)/own.wav", "_archive/\(Self.second)/2.wav",
                    "_archive/\(Self.second)/avatar.png", "_archive/\(Self.second)/vip/3.wav",
                    "_failed/\(Self.second)/avatar.png", "_failed/\(Self.second)/bad.wav",
                    "_failed/\(Self.second)/batch.ready", "_failed/\(Self.second)/half/alone.mp4",
                    "_failed/\(Self.second)/reasons.csv",
                ])
            #expect(try scene.files(below: ["inbox"])["inbox/_failed/\(Self.first)/"] == nil)
        }
    }

    @Test("only the item that is named is tried", arguments: ["vip/3", "3.wav", "dealers/vip/3.wav"])
    func one(name: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            let plan = try await scene.publisher(ledger).retry(batch: Self.first, item: name)
            #expect(plan.pairs.map(\.audio.string) == ["_failed/\(Self.first)/vip/3.wav"])
            #expect(plan.pairs.map { plan.name(of: $0) } == ["vip/3"])
            #expect(plan.keys.count == 4)
            let after = try await scene.retry(ledger, "heygem_batch_result_\(Self.first).zip", name)
            #expect((after.videos, after.bad) == (3, 3))
            #expect(try Self.states(scene, Self.second)["2"] == "failed")
            #expect(try Self.inbox(scene).contains("_failed/\(Self.second)/2.wav"))
        }
    }

    @Test("a retry of a retry goes on from the last one and still names the first")
    func again() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let before = try await scene.deliver(ledger)
            _ = try await scene.retry(ledger, Self.first, isLucky: false)
            let after = try await scene.retry(ledger, Self.first)
            #expect(after.delivery.batch.id == "\(Self.second)-2")
            #expect((after.videos, after.delivery.first) == (4, before.delivery.id))
            #expect(try Self.inbox(scene).contains("_archive/\(Self.second)-2/2.wav"))
            #expect(try scene.files(below: ["inbox"])["inbox/_failed/\(Self.second)/"] == nil)
        }
    }

    @Test("a file that somebody has replaced in _failed is taken as it is now")
    func replaced() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            try scene.put("a good one", "inbox/_failed/\(Self.first)/bad.wav")
            #expect(try await scene.retry(ledger, "dealers", "bad").videos == 3)
            #expect(
                try scene.files(below: ["inbox"])["inbox/_archive/\(Self.second)/bad.wav"] == Data("a good one".utf8))
        }
    }

    @Test("lost videos are rendered anew from the archive; what is gone is rejected as removed")
    func lost() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            for file in try scene.files(below: ["state"]).keys where file.hasSuffix(".mp4") {
                try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath(file)).string)
            }
            let gone = ["_archive/\(Self.first)/own.wav", "_failed/\(Self.first)/2.wav"]
            for file in gone {
                try FileManager.default.removeItem(atPath: scene.root.appending("inbox").pushing(FilePath(file)).string)
            }
            let plan = try await scene.publisher(ledger).retry(batch: "dealers", item: nil)
            #expect(
                Set(plan.pairs.map(\.audio.string)) == [
                    "_archive/\(Self.first)/1.wav", "_failed/\(Self.first)/vip/3.wav", "_failed/\(Self.first)/bad.wav",
                ])
            for pair in plan.pairs { try await ledger.dropVideo(of: pair, in: scene) }
            let after = try await scene.retry(ledger, "dealers")
            #expect((after.videos, after.bad) == (2, 4))
            let rows = try Self.rows(scene, Self.second)
            for name in ["2", "own"] {
                let row = rows.first { $0[2] == name }
                #expect(row?[3] == "rejected")
                #expect(row?[8] == "removed")
            }
        }
    }

    @Test("without sense it is refused, in words", arguments: ["nobody", "half/alone", "1", "no such item"])
    func refused(name: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            let publisher = try scene.publisher(ledger)
            let error = await #expect(throws: RetryFailure.self) {
                try await name == "nobody"
                    ? publisher.retry(batch: name, item: nil) : publisher.retry(batch: "dealers", item: name)
            }
            guard case .refused(let words) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(words.en != words.zh)
        }
    }

    @Test("of two retries at once the second looks anew, and delivers nothing twice")
    func atOnce() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            let publisher = try scene.publisher(ledger)
            let plan = try await publisher.retry(batch: "dealers", item: nil)
            _ = try await scene.retry(ledger, "dealers")
            await #expect(throws: Obstruction.self) { _ = try await publisher.close(plan, [:], who: "eva") }
            #expect(try await ledger.recentDeliveries(limit: 9).count == 2)
        }
    }

    @Test("while the batch is still being delivered a retry waits")
    func tooEarly() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            _ = try await publisher.close(try await scene.closed(ledger))
            let error = await #expect(throws: RetryFailure.self) {
                try await publisher.retry(batch: "dealers", item: nil)
            }
            guard case .obstructed = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test(
        "after delete, and with files that were kept, a retry works as well", arguments: [AfterDelivery.delete, .keep])
    func otherModes(mode: AfterDelivery) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let before = try Self.inbox(scene)
            let ledger = try scene.ledger()
            let settings = PublisherSettings(afterDelivery: mode)
            _ = try await scene.deliver(ledger, settings: settings)
            let after = try await scene.retry(ledger, "dealers", settings: settings)
            #expect((after.videos, after.bad) == (4, 2))
            if mode == .keep {
                #expect(try Self.inbox(scene) == before)
                #expect(try await ledger.kept().count == before.count)
            } else {
                #expect(
                    try Self.inbox(scene) == [
                        "_failed/\(Self.second)/avatar.png", "_failed/\(Self.second)/bad.wav",
                        "_failed/\(Self.second)/batch.ready", "_failed/\(Self.second)/half/alone.mp4",
                        "_failed/\(Self.second)/reasons.csv",
                    ])
            }
        }
    }

    @Test("the audit log tells who did what, when, with how much")
    func history() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let before = try await scene.deliver(ledger)
            let after = try await scene.retry(ledger, "dealers")
            let history = try await ledger.history(limit: 10)
            #expect(history.map(\.event) == [.archived, .delivered, .retried, .archived, .delivered, .closed])
            #expect(history.map(\.who) == ["eva", "eva", "eva", "Anna", "Anna", "Anna"])
            let delivered = history[4]
            #expect(delivered.zip == before.delivery.zipName)
            #expect(delivered.sha256 == before.delivery.zips.first?.sha256)
            #expect((delivered.files, delivered.bytes) == (2, before.delivery.zips.first?.bytes))
            #expect(history[1].first == before.delivery.zipName)
            #expect(history[1].batch == after.delivery.batch.id)
            #expect(history[5].files == 9)
            let again = try JSONDecoder().decode([AuditEntry].self, from: JSONEncoder().encode(history))
            #expect(again == history)
        }
    }
}

extension Ledger {
    /// As the queue finds it when a finished video is not in the work folder.
    fileprivate func dropVideo(of pair: Pair, in scene: Scene) async throws {
        let inbox = try scene.folder("inbox")
        let content = try StubEngine.content(pair, inbox)
        if try await render(content.key)?.state == .ok { _ = try await requeueRender(content.key, at: Scene.date) }
    }
}
