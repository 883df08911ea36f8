import Delivery
import Disk
import Foundation
import Pack
import SystemPackage
import Testing
import Words

/// Deliveries whose ZIPs may not be larger than somebody wants.
@Suite struct PartsTests {
    private static let base = "heygem_batch_result_20251219_142007_dealers"

    /// - Parameter texts: what is said in each item, in their order.
    private static func deliver(_ scene: Scene, _ texts: [String], limit: UInt64?) async throws -> DeliverySummary {
        for (number, text) in texts.enumerated() {
            try scene.put("\(number) \(text)", "inbox/dealers/\(number + 1).wav")
        }
        for (name, text) in [("avatar.png", "face"), ("batch.ready", "")] {
            try scene.put(text, "inbox/dealers/\(name)")
        }
        let ledger = try scene.ledger()
        defer { try? ledger.close() }
        return try await scene.deliver(ledger, settings: PublisherSettings(maxZipSize: limit))
    }

    private static func sizes(_ scene: Scene) throws -> [String: Int] {
        try scene.files(below: ["outbox"]).filter { $0.key.hasSuffix(".zip") }.mapValues(\.count)
    }

    private static func table(_ bytes: [UInt8]) throws -> [[String]] {
        try MetadataFile(bytes).rows.map { [$0["item"], $0["video"], $0["note"]] }
    }

    /// What the first entry of a ZIP holds.
    private static func first(of zip: [UInt8]) -> [UInt8] {
        func number(_ offset: Int) -> Int { Int(zip[offset]) + Int(zip[offset + 1]) << 8 }
        let start = 30 + number(26) + number(28)
        return Array(zip[start..<start + number(22)])
    }

    /// Names in a ZIP of these tests, and the rows of the table in it.
    private static func contents(
        _ name: String, _ scene: Scene
    ) throws -> (names: [String], rows: [[String]], problems: [String]) {
        let zip = try scene.folder("outbox").open(FilePath(name))
        let checksum = try scene.folder("outbox").contents(of: FilePath(name + ".sha256"), limit: 1000)
        let report = try ArchiveCheck.report(on: zip, checksumFile: checksum, table: nil)
        let rows = try Self.table(Self.first(of: try #require(try zip.contents(limit: 1 << 20))))
        // the engine of these tests gives hashes of nothing
        let problems = report.items.flatMap(\.problems) + report.problems
        return (report.items.map(\.video), rows, problems.map(\.en).filter { !$0.contains("sha256") })
    }

    @Test("a delivery that is larger than a ZIP may be becomes several: each whole by itself, its items in their order")
    func several() async throws {
        try await Scene.with { scene in
            let summary = try await Self.deliver(scene, ["a", "long", "bad", "long", "b", "long"], limit: 9500)

            #expect(summary.delivery.zips.count == 3)
            #expect(summary.delivery.zipName == Self.base + "-1of3.zip")
            let files = try scene.files(below: ["outbox"])
            let zips = (1...3).map { "\(Self.base)-\($0)of3.zip" }
            #expect(
                Set(files.keys)
                    == Set((zips + zips.map { $0 + ".sha256" } + [Self.base + ".csv"]).map { "outbox/" + $0 }))
            let contents = try zips.map { try Self.contents($0, scene) }
            #expect(contents.map(\.names) == [["1.mp4", "2.mp4"], ["4.mp4", "5.mp4"], ["6.mp4"]])
            #expect(contents.flatMap(\.problems) == [])
            #expect(contents.map { $0.rows.map { $0[0] } } == [["1", "2", "3"], ["4", "5"], ["6"]])
            for zip in zips { #expect(files["outbox/" + zip]?.count ?? .max <= 9500) }
            let rows = try Self.table([UInt8](try #require(files["outbox/\(Self.base).csv"])))
            #expect(rows.map { $0[1] } == ["1.mp4", "2.mp4", "", "4.mp4", "5.mp4", "6.mp4"])
            #expect(rows.map { $0[2] } == [1, 1, 0, 2, 2, 3].map { $0 == 0 ? "" : "in ZIP \($0) of 3" })
        }
    }

    @Test("a delivery that just fits is one ZIP, as it is without a limit; one byte less, and it is two")
    func justFits() async throws {
        let texts = ["a", "b", "c", "d", "e"]
        let whole = try await Scene.with { scene in
            _ = try await Self.deliver(scene, texts, limit: nil)
            return try scene.files(below: ["outbox"])
        }
        let size = UInt64(try #require(whole["outbox/\(Self.base).zip"]).count)
        try await Scene.with { scene in
            _ = try await Self.deliver(scene, texts, limit: size)
            #expect(try scene.files(below: ["outbox"]) == whole)
        }
        try await Scene.with { scene in
            let delivery = try await Self.deliver(scene, texts, limit: size - 1).delivery
            #expect(delivery.zips.count == 2)
            #expect(delivery.zips.allSatisfy { $0.bytes < size })
        }
    }

    @Test("a video that is larger than a ZIP may be is delivered all the same, alone and with a note")
    func tooLarge() async throws {
        try await Scene.with { scene in
            _ = try await Self.deliver(scene, ["a", "long", "b"], limit: 4000)
            #expect(try Self.sizes(scene).values.filter { $0 > 4000 }.count == 1)
            let large = try Self.contents(Self.base + "-2of3.zip", scene)
            #expect(large.rows == [["2", "2.mp4", "larger than max_zip_size: alone in its ZIP"]])
            let outer = try #require(scene.files()["outbox/\(Self.base).csv"])
            #expect(
                try Self.table([UInt8](outer)).map { $0[2] } == [
                    "in ZIP 1 of 3", "larger than max_zip_size: alone in its ZIP; in ZIP 2 of 3", "in ZIP 3 of 3",
                ])
        }
    }

    @Test("the history tells of a delivery once, with the size of all its ZIPs and the sum of each")
    func history() async throws {
        try await Scene.with { scene in
            let delivery = try await Self.deliver(scene, ["a", "b"], limit: 1).delivery
            let delivered = try await scene.ledger().history(limit: 9).filter { $0.event == .delivered }
            #expect(delivered.map(\.zip) == [Self.base + "-1of2.zip"])
            #expect(delivered.first?.bytes == Int64(try Self.sizes(scene).values.reduce(0, +)))
            #expect(delivered.first?.sha256 == delivery.zips.map(\.sha256).joined(separator: " "))
            #expect(delivered.first?.detail == "2 videos in 2 ZIPs")
        }
    }

    @Test(
        "the batch is known by the name of each of its files, and each video is found in its ZIP",
        arguments: ["-1of3.zip", "-3of3.zip", "-2of3.zip.sha256", ".csv", ".zip", ""])
    func packedAgain(ending: String) async throws {
        try await Scene.with { scene in
            _ = try await Self.deliver(scene, ["a", "long", "b"], limit: 1)
            let found = try await BatchVideos(of: Self.base + ending, in: scene.ledger(), language: .en)
            let videos = try #require(found)
            #expect(videos.items.map(\.row.note) == ["", "", ""])
            var reader = videos.reader(work: try scene.folder("inbox"), outbox: try scene.folder("outbox"))
            let file = try scene.folder("state").create("again.zip", mode: 0o644)
            let items = Array(videos.items.reversed())
            _ = try VideoArchive(items, of: videos.batch, isSharing: false).write(to: file) { video, entry, writer in
                #expect(reader.kept(video) == nil)
                let source = try #require(try reader.delivered(video))
                #expect(try writer.write(entry, from: source).crc32 == video.crc32)
            }
        }
    }

    @Test("results that are kept no longer go, all of them")
    func removed() async throws {
        try await Scene.with { scene in
            _ = try await Self.deliver(scene, ["a", "b"], limit: 1)
            let publisher = try scene.publisher(try scene.ledger(), date: Scene.date.addingTimeInterval(86_400))
            let settings = RetentionSettings(keepResults: .seconds(60))
            let outcome = try await #require(Retention(publisher: publisher, settings: settings)).sweep { [] }
            #expect(outcome.removed.map(\.files) == [5] && outcome.removed.map(\.left) == [0])
            #expect(try scene.files(below: ["outbox"]).isEmpty)
        }
    }

    @Test("what a retry repeats is named by its first ZIP")
    func retried() async throws {
        try await Scene.with { scene in
            _ = try await Self.deliver(scene, ["a", "flaky"], limit: 1)
            let ledger = try scene.ledger()
            let again = try await scene.retry(ledger, Self.base + "-2of2.zip")
            #expect(again.delivery.firstZip == Self.base + "-1of2.zip")
            #expect(again.videos == 2 && again.delivery.zips.count == 1)
        }
    }
}
