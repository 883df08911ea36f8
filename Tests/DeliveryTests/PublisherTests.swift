import Batch
import Delivery
import Disk
import Foundation
import Synchronization
import SystemPackage
import Testing
import Words

@Suite struct PublisherTests {
    private static let base = "heygem_batch_result_20251219_142007_dealers"
    private static let id = "20251219_142007_dealers"

    private static func fill(_ scene: Scene, _ files: [String] = ["one.wav", "avatar.png", "batch.ready"]) throws {
        for file in files { try scene.put(file == "batch.ready" ? "" : file, "inbox/dealers/\(file)") }
    }

    /// Closes what is in the inbox and delivers it.
    private static func deliver(_ scene: Scene, _ observer: (any DiskObserver)? = nil) async throws -> DeliverySummary {
        let ledger = try scene.ledger()
        let publisher = try scene.publisher(ledger, observer)
        let delivery = try await publisher.close(try await scene.closed(ledger))
        return try await publisher.deliver(delivery)
    }

    @Test("a delivery gives CSV, checksum and ZIP, and moves every input")
    func whole() async throws {
        try await Scene.with { scene in
            try Self.fill(
                scene, ["avatar.png", "1.wav", "vip/2.wav", "bad.wav", "x/half.mp4", "notes.txt", "batch.ready"])
            let summary = try await Self.deliver(scene)
            #expect((summary.videos, summary.bad, summary.refused) == (2, 2, 0))
            let files = try scene.files()
            #expect(
                files.keys.filter { !$0.hasSuffix("/") }.sorted() == [
                    "inbox/_archive/\(Self.id)/1.wav", "inbox/_archive/\(Self.id)/avatar.png",
                    "inbox/_archive/\(Self.id)/batch.ready", "inbox/_archive/\(Self.id)/notes.txt",
                    "inbox/_archive/\(Self.id)/vip/2.wav", "inbox/_failed/\(Self.id)/avatar.png",
                    "inbox/_failed/\(Self.id)/bad.wav", "inbox/_failed/\(Self.id)/batch.ready",
                    "inbox/_failed/\(Self.id)/reasons.csv",
                    "inbox/_failed/\(Self.id)/x/half.mp4", "outbox/\(Self.base).csv", "outbox/\(Self.base).zip",
                    "outbox/\(Self.base).zip.sha256",
                ])
            #expect(files["inbox/dealers/"] == nil)
            let rows = String(decoding: files["outbox/\(Self.base).csv"] ?? Data(), as: UTF8.self)
                .split(whereSeparator: \.isNewline)
            #expect(rows.count == 5)
            #expect(
                rows.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false)[3] } == [
                    "ok", "rejected", "ok", "unpaired",
                ])
        }
    }

    @Test("a batch without any video still gives a CSV, and a ZIP that holds it")
    func nothingGood() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["bad.wav", "avatar.png", "batch.ready"])
            #expect(try await Self.deliver(scene).videos == 0)
            let zip = try scene.files()["outbox/\(Self.base).zip"] ?? Data()
            #expect(zip.range(of: Data("metadata.csv".utf8)) != nil)
        }
    }

    @Test("loose files are the batch “inbox”, and the inbox itself stays")
    func loose() async throws {
        try await Scene.with { scene in
            for file in ["hello.wav", "hello.png"] { try scene.put(file, "inbox/\(file)") }
            try scene.put("", "inbox/batch.ready")
            #expect(try await Self.deliver(scene).delivery.batch.id == "20251219_142007_inbox")
            #expect(try scene.files(below: ["inbox"]).keys.contains("inbox/_archive/20251219_142007_inbox/hello.wav"))
        }
    }

    @Test("a name that is taken at planning is left alone", arguments: [".csv", ".zip.sha256", ".zip"])
    func takenEarly(ending: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            try scene.put("theirs", "outbox/\(Self.base)\(ending)")
            #expect(try await Self.deliver(scene).delivery.baseName == "\(Self.base)-2")
            let files = try scene.files(below: ["outbox"])
            #expect(files.count == 4)
            #expect(files["outbox/\(Self.base)\(ending)"] == Data("theirs".utf8))
        }
    }

    @Test(
        "a name that is taken while it is published moves the whole set on", arguments: [".csv", ".zip.sha256", ".zip"])
    func takenLate(ending: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let intruder = Refusal { operation in
                if case .rename(_, let to) = operation, to.string == "\(Self.base)\(ending)" {
                    try? scene.put("theirs", "outbox/\(Self.base)\(ending)")
                }
                return nil
            }
            #expect(try await Self.deliver(scene, intruder).delivery.baseName == "\(Self.base)-2")
            let files = try scene.files(below: ["outbox"])
            #expect(
                files.keys.sorted()
                    == [
                        "outbox/\(Self.base)\(ending)", "outbox/\(Self.base)-2.csv", "outbox/\(Self.base)-2.zip",
                        "outbox/\(Self.base)-2.zip.sha256",
                    ].sorted())
            let checksum = String(decoding: files["outbox/\(Self.base)-2.zip.sha256"] ?? Data(), as: UTF8.self)
            #expect(checksum.hasSuffix("  \(Self.base)-2.zip\n"))
        }
    }

    @Test("a reader that takes the files at once does not get them twice")
    func reader() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            // stopped when the names stand, before it is committed that they do
            let ledger = try scene.ledger(CommitRefusal(change: "L6 delivered"))
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            await #expect(throws: Obstruction.self) { try await publisher.deliver(delivery) }
            #expect(try scene.files(below: ["outbox"]).count == 3)
            for file in try scene.files(below: ["outbox"]).keys {
                try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath(file)).string)
            }
            try ledger.close()
            let later = try scene.ledger()
            #expect(try await scene.publisher(later).recover().isEmpty)
            #expect(try scene.files(below: ["outbox"]).isEmpty)
            #expect(try await later.delivery(delivery).step == .archived)
        }
    }

    @Test("a file that changed after closing stays for the next batch")
    func late() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            try scene.put("another content", "inbox/dealers/one.wav")
            _ = try await publisher.deliver(delivery)
            let files = try scene.files(below: ["inbox"])
            #expect(files["inbox/dealers/one.wav"] == Data("another content".utf8))
            #expect(files["inbox/_archive/\(Self.id)/one.wav"] == nil)
            #expect(files["inbox/_archive/\(Self.id)/avatar.png"] != nil)
        }
    }

    @Test("a file that changes while it is moved is put back")
    func changesWhileMoved() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let writer = Refusal { operation in
                if case .rename("dealers/one.wav", _) = operation {
                    try? scene.put("more and more", "inbox/dealers/one.wav")
                }
                return nil
            }
            _ = try await Self.deliver(scene, writer)
            let files = try scene.files(below: ["inbox"])
            #expect(files["inbox/dealers/one.wav"] == Data("more and more".utf8))
            #expect(files["inbox/_archive/\(Self.id)/one.wav"] == nil)
        }
    }

    @Test("inputs that may not be moved stay, are told, and their marker does not count again")
    func unmovable() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let refusal = Refusal { operation in
                if case .rename(let path, _) = operation, path.starts(with: "dealers") {
                    .permissionDenied
                } else {
                    nil
                }
            }
            #expect(try await Self.deliver(scene, refusal).refused == 3)
            #expect(try scene.files(below: ["inbox"])["inbox/dealers/one.wav"] != nil)
            let ledger = try scene.ledger()
            #expect(try await ledger.claims().isEmpty)
            #expect(try await ledger.kept().count == 3)
        }
    }

    @Test("a full disk leaves nothing in the outbox, and the next try delivers")
    func fullDisk() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let full = Refusal { operation in
                if case .write(let path, _) = operation, path.string.contains(".zip.partial") { .noSpace } else { nil }
            }
            let delivery = try await scene.publisher(ledger).close(try await scene.closed(ledger))
            let error = await #expect(throws: Obstruction.self) {
                try await scene.publisher(ledger, full).deliver(delivery)
            }
            #expect(error?.description.contains("the disk is full") == true)
            #expect(try scene.files(below: ["outbox"]).isEmpty)
            #expect(try await ledger.claims().count == 3)
            #expect(try await scene.publisher(ledger).deliver(delivery).videos == 1)
            #expect(try scene.files(below: ["outbox"]).count == 3)
        }
    }

    @Test("an outbox that was moved away is waited for, whatever stands in its place; then it gets the delivery")
    func outboxAway() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            let outbox = scene.root.appending("outbox").string
            try FileManager.default.moveItem(atPath: outbox, toPath: outbox + ".away")
            for words in ["\(outbox): the folder is gone", "\(outbox): another folder stands here"] {
                let error = await #expect(throws: Obstruction.self) { try await publisher.deliver(delivery) }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
                try FileManager.default.createDirectory(atPath: outbox, withIntermediateDirectories: true)
            }
            #expect(try scene.files(below: ["inbox"])["inbox/dealers/one.wav"] != nil)
            try FileManager.default.removeItem(atPath: outbox)
            try FileManager.default.moveItem(atPath: outbox + ".away", toPath: outbox)
            #expect(try await publisher.deliver(delivery).videos == 1)
            #expect(try scene.files(below: ["outbox"]).count == 3)
        }
    }

    @Test("a service that ends doesn't wait for its ZIP; the next start packs it")
    func cancelledWhilePacking() async throws {
        try await Scene.with { scene in
            try Self.fill(scene)
            let ledger = try scene.ledger()
            let delivering = Mutex<Task<DeliverySummary, any Error>?>(nil)
            let ending = Refusal { operation in
                if case .allocate = operation { delivering.withLock { $0?.cancel() } }
                return nil
            }
            let publisher = try scene.publisher(ledger, ending)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            let (started, start) = AsyncStream<Void>.makeStream()
            let task = Task {
                for await _ in started { break }
                return try await publisher.deliver(delivery)
            }
            delivering.withLock { $0 = task }
            start.yield()
            await #expect(throws: Obstruction.self) { try await task.value }
            #expect(try await ledger.delivery(delivery).step == .planned)
            #expect(try await scene.publisher(ledger).recover().isEmpty)
            #expect(try scene.files(below: ["outbox"]).count == 3)
        }
    }

    @Test("a video that was lost before packing is a failed row, its inputs can be dropped again")
    func lostVideo() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["one.wav", "two.wav", "avatar.png", "batch.ready"])
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let closed = try await scene.closed(ledger)
            let delivery = try await publisher.close(closed)
            let lost = closed.closing.items[0]
            let key = closed.renders[lost.pair]?.key ?? ""
            try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath("state/work/\(key).mp4")).string)
            let summary = try await publisher.deliver(delivery)
            #expect((summary.videos, summary.bad) == (1, 1))
            #expect(try scene.files(below: ["inbox"])["inbox/_failed/\(Self.id)/one.wav"] != nil)
        }
    }

    @Test("two batches of the same name and second get names of their own")
    func twice() async throws {
        try await Scene.with { scene in
            for _ in 1...2 {
                try Self.fill(scene)
                _ = try await Self.deliver(scene)
            }
            #expect(try scene.files(below: ["outbox"]).count == 6)
            #expect(try scene.files(below: ["inbox"])["inbox/_archive/\(Self.id)-2/one.wav"] != nil)
        }
    }
}

/// Refuses one kind of commit.
struct CommitRefusal: LedgerObserver {
    let change: String

    func willCommit(_ change: String) throws {
        if change == self.change { throw Errno.ioError }
    }
}
