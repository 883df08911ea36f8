import Delivery
import Disk
import Dispatch
import Foundation
import Glibc
import Pack
import Synchronization
import SystemPackage
import Testing
import Words

/// What stands in the outbox: words, owners, and packs that take long.
@Suite struct ResultTests {
    private static let base = "heygem_batch_result_20251219_142007_dealers"

    private static func fill(_ scene: Scene, marker: String = "") throws {
        for file in ["avatar.png", "1.wav", "bad.wav", "phone.heic", "voice.amr"] {
            try scene.put("content of \(file)", "inbox/dealers/\(file)")
        }
        try scene.put(marker, "inbox/dealers/batch.ready")
    }

    private static func rows(_ scene: Scene) throws -> [[String: String]] {
        let records = try CSVText(Array(try scene.files(below: ["outbox"])["outbox/\(base).csv"] ?? Data())).records
        let header = records.first?.cells ?? []
        return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0.cells)) }
    }

    @Test(
        "rows speak the set language, under the marker's title, and tell of missing items", arguments: Language.allCases
    )
    func words(language: Language) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, marker: "title: Juli 七月\nexpect: 4\n")
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger, settings: PublisherSettings(language: language))
            let closed = try await scene.closed(ledger, expectTimeout: .zero)
            _ = try await publisher.deliver(try await publisher.close(closed))
            let rows = try Self.rows(scene)
            #expect(rows.map { $0["item"] } == ["1", "bad", "phone.heic", "voice.amr"])
            #expect(rows.allSatisfy { $0["batch"] == "Juli 七月" })
            let note = language == .en ? "the marker expects 4 items, 2 are missing" : "标记文件要求 4 项，还缺 2 项"
            #expect(rows.allSatisfy { $0["note"]?.contains(note) == true })
            #expect(rows[1]["message"] == Problem(.noSound, file: "a.wav").text(language))
            #expect(rows[2]["message"] == Problem.foreign(.heic, file: "phone.heic").text(language))
            #expect(rows[2]["status"] == "rejected")
            #expect(rows[2]["reason"] == "unsupported")
            #expect(rows[2]["avatar"] == "dealers/phone.heic")
            #expect(rows[3]["audio"] == "dealers/voice.amr")
        }
    }

    @Test("results and our folders get the set mode, inputs keep theirs")
    func mode() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            _ = try await scene.deliver(try scene.ledger(), settings: PublisherSettings(mode: 0o640))
            let outbox = try scene.folder("outbox")
            for ending in [".csv", ".zip", ".zip.sha256"] {
                #expect(try outbox.status(of: FilePath(Self.base + ending)).mode == 0o640)
            }
            let inbox = try scene.folder("inbox")
            #expect(try inbox.status(of: "_archive/20251219_142007_dealers").mode & 0o777 == 0o750)
            #expect(try inbox.status(of: "_failed/20251219_142007_dealers/reasons.csv").mode == 0o640)
        }
    }

    @Test("an owner and group that are set, and a group that the outbox hands down", .enabled(if: geteuid() == 0))
    func owner() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let outbox = try scene.folder("outbox")
            try outbox.setOwner(nil, group: 4343, of: ".")
            try outbox.setMode(0o2775, of: ".")
            _ = try await scene.deliver(try scene.ledger(), settings: PublisherSettings(owner: 4242))
            let zip = try outbox.status(of: FilePath(Self.base + ".zip"))
            #expect((zip.owner, zip.group) == (4242, 4343))
            let reasons = try scene.folder("inbox").status(of: "_failed/20251219_142007_dealers/reasons.csv")
            #expect(reasons.owner == 4242)
        }
    }

    @Test("an owner that can't be given is told once and stops nothing")
    func refusedOwner() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let refusal = Refusal { if case .setPermissions = $0 { .notPermitted } else { nil } }
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger, refusal, settings: PublisherSettings(owner: 4242))
            #expect(
                try await publisher.deliver(try await publisher.close(try await scene.closed(ledger))).videos == 1)
            var troubles = 0
            for await news in publisher.news {
                if case .trouble = news { troubles += 1 }
                // the last that a delivery tells
                if case .packed = news { break }
            }
            #expect(troubles == 1)
        }
    }

    @Test("a pack that takes long is told with what it waits for")
    func slow() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let goOn = DispatchSemaphore(value: 0)
            let stuck = Refusal { operation in
                if case .allocate = operation { goOn.wait() }
                return nil
            }
            let ledger = try scene.ledger()
            let publisher = Publisher(
                ledger: ledger, inbox: try scene.root("inbox"), outbox: try scene.root("outbox", stuck),
                work: try scene.folder("state/work"),
                settings: PublisherSettings(packLimits: PackLimits(factor: 1e9)), clock: HastyClock(),
                date: { Scene.date })
            let delivery = try await publisher.close(try await scene.closed(ledger))
            async let summary = publisher.deliver(delivery)
            for await case .packing(let progress) in publisher.news where progress.isSlow {
                #expect((progress.batch, progress.bytesDone) == ("dealers", 0))
                #expect(progress.words.en.contains("waits for the outbox"))
                break
            }
            goOn.signal()
            #expect(try await summary.videos == 1)
        }
    }

    @Test("a pack past the hard limit is ended, said so, and made again with more time")
    func tooSlow() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let isStuck = Mutex(true)
            let never = DispatchSemaphore(value: 0)
            let stuck = Refusal { operation in
                // comes back long after the limit, which is zero
                if case .allocate = operation, isStuck.withLock(\.self) { _ = never.wait(timeout: .now() + 2) }
                return nil
            }
            let ledger = try scene.ledger()
            let limits = PackLimits(soft: .zero, factor: 3)
            let publisher = try scene.publisher(ledger, stuck, settings: PublisherSettings(packLimits: limits))
            let delivery = try await publisher.close(try await scene.closed(ledger))
            let error = await #expect(throws: Obstruction.self) { try await publisher.deliver(delivery) }
            #expect(error?.description.contains("took longer than") == true)
            #expect(try scene.files(below: ["outbox"]).isEmpty)
            isStuck.withLock { $0 = false }
            #expect(try await scene.publisher(ledger).deliver(delivery).videos == 1)
        }
    }

    @Test("the hard limit grows with the size and with each pack that was ended")
    func limits() {
        let limits = PackLimits()
        #expect(limits.hard(bytes: 1_000_000, ends: 0).components.seconds == 900)
        // 100 GB, written and read
        #expect((299_999...300_000).contains(limits.hard(bytes: 200_000_000_000, ends: 0).components.seconds))
        #expect(limits.hard(bytes: 1_000_000, ends: 3).components.seconds == 7200)
    }

    @Test(
        "a marker in _failed has a name that closes a batch",
        arguments: [
            (["batch.ready", "*.batch"], "batch.ready"), (["*.done"], "batch.done"), (["*.x", "go.txt"], "go.txt"),
        ])
    func markerName(patterns: [String], name: String) {
        #expect(PublisherSettings.markerName(patterns: patterns) == name)
    }
}

/// A clock by which each wait takes a hundred seconds, and none at all by others.
private final class HastyClock: Clock {
    typealias Instant = ImpatientClock.Instant
    private let time = Mutex(Duration.zero)
    var now: Instant { Instant(offset: time.withLock(\.self)) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 += .seconds(100) }
        await Task.yield()
    }
}
