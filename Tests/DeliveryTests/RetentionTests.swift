import Delivery
import Disk
import Foundation
import GRDB
import Synchronization
import SystemPackage
import Testing
import Words

/// What is kept no longer goes, and nothing else.
@Suite struct RetentionTests {
    private static let day = Duration.seconds(86_400)
    private static let id = "20251219_142007_dealers"
    private static let base = "outbox/heygem_batch_result_20251219_142007_dealers"

    /// - Parameter days: since the delivery.
    private static func sweep(
        _ scene: Scene, _ ledger: Ledger, _ settings: RetentionSettings, days: Double,
        observer: (any DiskObserver)? = nil, needed: Set<String>? = []
    ) async throws -> Retention.Outcome {
        let date = Scene.date.addingTimeInterval(days * 86_400)
        let publisher = try scene.publisher(ledger, observer, date: date)
        let retention = try #require(Retention(publisher: publisher, settings: settings))
        return await retention.sweep { needed }
    }

    /// A batch with one video, one item without and a note.
    private static func deliver(_ scene: Scene, _ ledger: Ledger, _ text: String = "") async throws {
        for (path, content) in [
            "1.wav": "speech" + text, "2.wav": "bad" + text, "avatar.png": "face", "notes.txt": "n",
        ] { try scene.put(content, "inbox/dealers/\(path)") }
        try scene.put("", "inbox/dealers/batch.ready")
        _ = try await scene.deliver(ledger)
    }

    private static func names(_ scene: Scene, _ start: String) throws -> [String] {
        try scene.files().keys.filter { $0.hasPrefix(start) && !$0.hasSuffix("/") }.sorted()
    }

    @Test("without settings there is nothing that goes")
    func off() async throws {
        try await Scene.with { scene in
            let publisher = try scene.publisher(try scene.ledger())
            #expect(Retention(publisher: publisher, settings: RetentionSettings()) == nil)
        }
    }

    @Test("results go when their time has come: once, and the history tells of it")
    func results() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let settings = RetentionSettings(keepResults: Self.day * 30)
            #expect(try await Self.sweep(scene, ledger, settings, days: 29).removed.isEmpty)
            #expect(try Self.names(scene, "outbox/").count == 3)
            let removed = try await Self.sweep(scene, ledger, settings, days: 31).removed
            #expect(removed.map(\.part) == [.results] && removed.map(\.files) == [3] && removed.map(\.left) == [0])
            #expect(try Self.names(scene, "outbox/").isEmpty)
            #expect(try Self.names(scene, "inbox/_archive").count == 4)
            let entry = try await ledger.history(limit: 1).first
            #expect(entry?.event == .removed && entry?.batch == Self.id && entry?.files == 3)
            #expect(try await Self.sweep(scene, ledger, settings, days: 32).removed.isEmpty)
            #expect(try await ledger.history(limit: 9).filter { $0.event == .removed }.count == 1)
        }
    }

    @Test("a result that somebody has put in another's place stays")
    func foreignResult() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            try scene.put("mine", Self.base + ".csv")
            try scene.put("mine", "outbox/other.zip")
            let removed = try await Self.sweep(scene, ledger, RetentionSettings(keepResults: .zero), days: 1).removed
            #expect(removed.map(\.files) == [2] && removed.map(\.left) == [1])
            #expect(try Self.names(scene, "outbox/") == [Self.base + ".csv", "outbox/other.zip"])
        }
    }

    @Test("a result that somebody has edited in place stays, though it is as long as before")
    func editedResult() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let path = scene.root.pushing(FilePath(Self.base + ".csv")).string
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.seek(toOffset: try file.offset() - 3)
            try file.write(contentsOf: Data("!".utf8))
            try file.close()
            let removed = try await Self.sweep(scene, ledger, RetentionSettings(keepResults: .zero), days: 1).removed
            #expect(removed.map(\.files) == [2] && removed.map(\.left) == [1])
            #expect(try Self.names(scene, "outbox/") == [Self.base + ".csv"])
        }
    }

    @Test("archived inputs go when their time has come; what is in _failed never does")
    func archive() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let settings = RetentionSettings(keepArchive: Self.day * 90)
            let failed = try Self.names(scene, "inbox/_failed")
            #expect(failed.count == 4)
            #expect(try await Self.sweep(scene, ledger, settings, days: 89).removed.isEmpty)
            let removed = try await Self.sweep(scene, ledger, settings, days: 91).removed
            #expect(removed.map(\.part) == [.archive] && removed.map(\.files) == [4])
            #expect(try Self.names(scene, "inbox/") == failed)
            #expect(try scene.files()["inbox/_archive/\(Self.id)/"] == nil)
            #expect(try Self.names(scene, "outbox/").count == 3)
            // and the item without a video can still be tried again
            let again = try await scene.retry(ledger, "dealers", isLucky: true)
            #expect(again.delivery.first != nil)
        }
    }

    @Test("what others put into the archive, or changed there, stays with its folder")
    func foreignInArchive() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let top = "inbox/_archive/\(Self.id)"
            try scene.put("mine", "\(top)/sub/own.txt")
            try scene.put("written anew", "\(top)/notes.txt")
            try scene.put("junk", "\(top)/Thumbs.db")
            try scene.put("a folder that is not ours", "inbox/_archive/20200101_000000_old/x.wav")
            let removed = try await Self.sweep(scene, ledger, RetentionSettings(keepArchive: .zero), days: 1).removed
            #expect(removed.map(\.files) == [3] && removed.map(\.left) == [2])
            #expect(
                try Self.names(scene, "inbox/_archive") == [
                    "inbox/_archive/20200101_000000_old/x.wav", "\(top)/notes.txt", "\(top)/sub/own.txt",
                ])
            #expect(try await Self.sweep(scene, ledger, RetentionSettings(keepArchive: .zero), days: 2).removed.isEmpty)
        }
    }

    @Test("an archive folder that was replaced by a link leads nowhere")
    func linkedArchive() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let top = scene.root.appending("inbox/_archive").appending(Self.id).string
            try FileManager.default.moveItem(atPath: top, toPath: scene.root.appending("elsewhere").string)
            try FileManager.default.createSymbolicLink(
                atPath: top, withDestinationPath: scene.root.appending("elsewhere").string)
            _ = try await Self.sweep(scene, ledger, RetentionSettings(keepArchive: .zero), days: 1)
            #expect(try scene.files(below: ["elsewhere"]).count == 4)
        }
    }

    @Test("when the archive is larger than it may be the oldest batches go, whole, and only as many as it takes")
    func archiveSize() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            for number in 1...3 { try await Self.deliver(scene, ledger, String(repeating: "x", count: 1000 * number)) }
            // two audios of about 1000, 2000 and 3000 bytes, and a few bytes of the others each
            let settings = RetentionSettings(maxArchive: 10_500)
            let removed = try await Self.sweep(scene, ledger, settings, days: 0).removed
            #expect(removed.map(\.batch) == [Self.id])
            #expect(removed.map(\.key) == ["max_archive"])
            #expect(try await Self.sweep(scene, ledger, settings, days: 0).removed.isEmpty)
            #expect(
                try await Self.sweep(scene, ledger, RetentionSettings(maxArchive: 0), days: 0).removed.map(\.batch)
                    == ["\(Self.id)-2", "\(Self.id)-3"])
        }
    }

    @Test("of a batch that is not done, or that somebody wants to try again, nothing goes")
    func underWay() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let all = RetentionSettings(keepResults: .zero, keepArchive: .zero, keepHistory: .zero)
            // asked for, and not seen yet
            let request = try await ledger.ask(Request(.retry(batch: "dealers", item: nil), who: "eva"))
            let asked = try await Self.sweep(scene, ledger, all, days: 400)
            #expect(asked.removed.isEmpty && asked.forgotten == 0)
            try await ledger.answer(request, RequestAnswer(.done, Phrase(verbatim: "done")))
            // closed, and not delivered yet
            let publisher = try scene.publisher(ledger)
            let plan = try await publisher.retry(batch: "dealers", item: nil)
            let second = try await publisher.close(plan, [:], who: "eva")
            let closed = try await Self.sweep(scene, ledger, all, days: 400)
            #expect(closed.removed.isEmpty && closed.forgotten == 0)
            _ = try await publisher.deliver(second)
            let done = try await Self.sweep(scene, ledger, all, days: 400)
            #expect(Set(done.removed.map(\.part)) == [.results, .archive] && done.forgotten == 2)
        }
    }

    @Test("what is asked for, or tried again, while others look what may go is not forgotten")
    func meanwhile() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let publisher = try scene.publisher(ledger, date: Scene.date.addingTimeInterval(400 * 86_400))
            let retention = try #require(
                Retention(publisher: publisher, settings: RetentionSettings(keepHistory: Self.day)))
            let request = Request(.retry(batch: "dealers", item: nil), who: "eva")
            // by then it was looked at what may go
            let asked = await retention.sweep {
                _ = try? await ledger.ask(request)
                return []
            }
            let pending = try await ledger.pendingRequests()
            #expect(asked.forgotten == 0 && pending.count == 1)
            for one in pending { try await ledger.answer(one.id, RequestAnswer(.done, Phrase(verbatim: "done"))) }
            let tried = await retention.sweep {
                _ = try? await scene.retry(ledger, "dealers", isLucky: false)
                return []
            }
            #expect(try await ledger.recentDeliveries(limit: 9).count == 2)
            #expect(tried.forgotten == 0)
            #expect(await retention.sweep { [] }.forgotten == 2)
        }
    }

    @Test("the ledger forgets old batches with all that repeats them, and says so when they are asked for")
    func history() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            _ = try await scene.retry(ledger, "dealers", isLucky: false)
            let settings = RetentionSettings(keepHistory: Self.day * 365)
            #expect(try await Self.sweep(scene, ledger, settings, days: 364).forgotten == 0)
            let before = try scene.files()
            #expect(try await Self.sweep(scene, ledger, settings, days: 366).forgotten == 2)
            #expect(try scene.files() == before)
            #expect(try await ledger.items(of: Self.id).isEmpty)
            #expect(try await ledger.members(of: Self.id).isEmpty)
            #expect(try await ledger.recentDeliveries(limit: 9).isEmpty)
            #expect(try await ledger.history(limit: 99).map(\.event) == [.forgotten])
            // the video is still in the work folder, the two others are not needed for anything
            #expect(try await ledger.renderCounts() == [.ok: 1])
            let failure = await #expect(throws: RetryFailure.self) {
                _ = try await scene.publisher(ledger).retry(batch: Self.id, item: nil)
            }
            guard case .refused(let words) = failure else { throw Scene.Nothing() }
            #expect(words.en.contains("forgotten") && words.en.contains("2025-12-19"), "\(words.en)")
        }
    }

    @Test("what open batches need is not forgotten, nor what is still to be removed")
    func neededHistory() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            // its archive is kept for longer than its history: the rows tell what in it is ours
            let both = RetentionSettings(keepArchive: Self.day * 400, keepHistory: Self.day * 30)
            #expect(try await Self.sweep(scene, ledger, both, days: 399).forgotten == 0)
            let keys = Set(try await ledger.items(of: Self.id).compactMap(\.render))
            #expect(try await Self.sweep(scene, ledger, both, days: 401, needed: keys).forgotten == 1)
            #expect(try await ledger.renderCounts() == [.ok: 1, .rejected: 1])
        }
    }

    @Test("inputs that may not be moved keep their batch known")
    func refusedMoves() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            let stuck = Refusal { operation in
                if case .rename("dealers/1.wav", _) = operation { return .permissionDenied }
                return nil
            }
            for name in ["1.wav", "avatar.png"] { try scene.put(name, "inbox/dealers/\(name)") }
            try scene.put("", "inbox/dealers/batch.ready")
            let summary = try await scene.deliver(ledger, stuck)
            #expect(summary.refused == 1)
            let all = RetentionSettings(keepResults: .zero, keepArchive: .zero, keepHistory: .zero)
            let outcome = try await Self.sweep(scene, ledger, all, days: 400)
            #expect(outcome.removed.isEmpty && outcome.forgotten == 0)
            #expect(try await ledger.kept().count == 1)
        }
    }

    @Test("when the ledger is larger than it may be the oldest batches are forgotten, and its file shrinks")
    func ledgerSize() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            // 250 rows of about a kilobyte each
            for batch in 1...5 {
                for item in 1...50 { try scene.put("\(batch) \(item)", "inbox/dealers/\(batch)-\(item).wav") }
                try scene.put("face", "inbox/dealers/avatar.png")
                try scene.put("", "inbox/dealers/batch.ready")
                _ = try await scene.deliver(ledger)
            }
            let settings = RetentionSettings(maxHistory: 300_000)
            let before = try Self.ledgerBytes(scene)
            // somebody may be looking at what was delivered today
            #expect(try await Self.sweep(scene, ledger, settings, days: 0.9).forgotten == 0)
            let outcome = try await Self.sweep(scene, ledger, settings, days: 2)
            #expect(outcome.forgotten == 5)
            // what is known of videos stays as long as they do
            let after = try Self.ledgerBytes(scene)
            #expect(after < before * 2 / 3, "\(before) bytes before, \(after) after")
        }
    }

    /// As a person sees it.
    private static func ledgerBytes(_ scene: Scene) throws -> Int {
        try ["", "-wal"].reduce(0) { sum, ending in
            let path = scene.root.appending("state").appending(Ledger.fileName + ending).string
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return sum + (size ?? 0)
        }
    }

    @Test("a folder that can't be removed stops no other, and is tried again")
    func obstructed() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger, "1")
            try await Self.deliver(scene, ledger, "2")
            let stuck = Refusal { operation in
                if case .remove(let path) = operation, path.string.contains("\(Self.id)/") { return .permissionDenied }
                return nil
            }
            let settings = RetentionSettings(keepArchive: .zero)
            let first = try await Self.sweep(scene, ledger, settings, days: 1, observer: stuck)
            #expect(first.removed.map(\.batch) == ["\(Self.id)-2"])
            #expect(first.obstruction?.phrase.en.contains("no permission") == true)
            let second = try await Self.sweep(scene, ledger, settings, days: 1)
            #expect(second.removed.map(\.batch) == [Self.id] && second.obstruction == nil)
        }
    }

    @Test("what was removed before something refused is told, and only the rest of it the next time")
    func halfway() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger)
            let removals = Mutex(0)
            let once = Refusal { operation in
                guard case .remove = operation else { return nil }
                return removals.withLock {
                    $0 += 1
                    return $0 == 2 ? .ioError : nil
                }
            }
            let settings = RetentionSettings(keepArchive: .zero)
            let first = try await Self.sweep(scene, ledger, settings, days: 1, observer: once)
            #expect(first.removed.map(\.files) == [1] && first.obstruction != nil)
            let second = try await Self.sweep(scene, ledger, settings, days: 1, observer: once)
            #expect(second.removed.map(\.files) == [3] && second.obstruction == nil)
            let told = try await ledger.history(limit: 9).filter { $0.event == .removed }
            #expect(told.map(\.files) == [3, 1])
        }
    }

    @Test("a ledger that can't be made smaller now has forgotten all the same")
    func notShrunk() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger(CommitRefusal(change: "shrink"))
            for item in 1...200 { try scene.put("\(item)", "inbox/dealers/\(item).wav") }
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            _ = try await scene.deliver(ledger)
            let outcome = try await Self.sweep(scene, ledger, RetentionSettings(keepHistory: .zero), days: 1)
            #expect(outcome.forgotten == 1 && outcome.obstruction == nil)
        }
    }
}
