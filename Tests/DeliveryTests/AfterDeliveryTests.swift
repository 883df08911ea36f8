import Batch
import Delivery
import Disk
import Foundation
import Glibc
import Synchronization
import SystemPackage
import Testing

@Suite struct AfterDeliveryTests {
    static let id = "20251219_142007_dealers"

    static func fill(_ scene: Scene, _ files: [String], marker: String = "") throws {
        for file in files { try scene.put("content of \(file)", "inbox/dealers/\(file)") }
        try scene.put(marker, "inbox/dealers/batch.ready")
    }

    /// Files of the inbox, without folders and what is hidden.
    static func inbox(_ scene: Scene) throws -> [String] {
        try scene.files(below: ["inbox"]).keys
            .filter { !$0.hasSuffix("/") && !$0.contains("/.heygem-watch") }
            .map { String($0.dropFirst("inbox/".count)) }.sorted()
    }

    static func folders(_ scene: Scene) throws -> [String] {
        try scene.files(below: ["inbox"]).keys.filter { $0.hasSuffix("/") }.map { String($0.dropFirst("inbox/".count)) }
            .sorted()
    }

    @Test("delete removes what made a video, and keeps what didn't")
    func delete() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav", "vip/2.wav", "bad.wav", "notes.txt"])
            let summary = try await scene.deliver(
                try scene.ledger(), settings: PublisherSettings(afterDelivery: .delete))
            #expect((summary.videos, summary.bad, summary.refused) == (2, 1, 0))
            #expect(
                try Self.inbox(scene) == [
                    "_archive/\(Self.id)/notes.txt", "_failed/\(Self.id)/avatar.png", "_failed/\(Self.id)/bad.wav",
                    "_failed/\(Self.id)/batch.ready", "_failed/\(Self.id)/reasons.csv",
                ])
            #expect(
                try Self.folders(scene) == ["_archive/", "_archive/\(Self.id)/", "_failed/", "_failed/\(Self.id)/"])
        }
    }

    @Test("delete leaves a file that changed after closing, also while it is taken away", arguments: [false, true])
    func deleteChanged(whileMoving: Bool) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            let ledger = try scene.ledger()
            let writer = Refusal { operation in
                if whileMoving, case .rename("dealers/1.wav", _) = operation {
                    try? scene.put("another content", "inbox/dealers/1.wav")
                }
                return nil
            }
            let publisher = try scene.publisher(ledger, writer, settings: PublisherSettings(afterDelivery: .delete))
            let delivery = try await publisher.close(try await scene.closed(ledger))
            if !whileMoving { try scene.put("another content", "inbox/dealers/1.wav") }
            _ = try await publisher.deliver(delivery)
            #expect(try Self.inbox(scene) == ["dealers/1.wav"])
            #expect(try await ledger.members(of: Self.id).first { $0.path == "dealers/1.wav" }?.fate == .late)
        }
    }

    @Test("keep moves nothing, and the files are no news at a restart until they change")
    func keep() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav", "bad.wav"])
            let before = try scene.files(below: ["inbox"])
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger, settings: PublisherSettings(afterDelivery: .keep))
            #expect(try scene.files(below: ["inbox"]) == before)
            let kept = try await ledger.kept()
            #expect(
                Set(kept.keys) == ["dealers/avatar.png", "dealers/1.wav", "dealers/bad.wav", "dealers/batch.ready"])
            let now = try scene.folder("inbox").status(of: "dealers/1.wav").signature
            #expect(kept["dealers/1.wav"]?.isSameContent(as: now) == true)
            #expect(try await ledger.claims().isEmpty)
            try await ledger.forgetKept(["dealers/1.wav"])
            #expect(try await ledger.kept().count == 3)
        }
    }

    @Test("a folder in _failed can be moved back into the inbox as it is")
    func dropAgain() async throws {
        try await Scene.with { scene in
            let marker = "title: \"Summer \\\"26\\\"\"\ntags: [eu, north]\noperator: Anna\nexpect: 4\nengine: stub\n"
            try Self.fill(
                scene, ["avatar.png", "1.wav", "vip/bad.wav", "own.png", "own.bad.wav", "half.mp4"], marker: marker)
            try scene.put("own bad", "inbox/dealers/own.wav")
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            try FileManager.default.moveItem(
                atPath: scene.root.appending("inbox/_failed/\(Self.id)").string,
                toPath: scene.root.appending("inbox/again").string)
            let again = try await scene.closed(ledger).closing
            #expect(again.folder == .folder("again"))
            #expect(again.marker.title == "Summer \"26\"")
            #expect(again.marker.operatorName == "Anna")
            #expect(again.marker.engine == "stub")
            #expect(again.marker.expect == nil)
            #expect(again.items.map(\.name.text).sorted() == ["own", "own.bad", "vip/bad"])
            #expect(again.items.first { $0.name.text == "vip/bad" }?.avatar == "again/avatar.png")
            #expect(again.items.first { $0.name.text == "own" }?.avatar == "again/own.png")
            #expect(again.items.first { $0.name.text == "vip/bad" }?.tags == ["vip", "eu", "north"])
            #expect(again.halves.map(\.path) == ["again/half.mp4"])
            #expect(again.others == ["again/reasons.csv"])
        }
    }

    @Test(
        "whatever the batch's name is, the marker in _failed can be read",
        arguments: [
            "a\u{FEFF}b", "a\u{2028}b", "a\u{FFFE}b", "a\u{85}b", "\"\\x", "# : {}", "- a", "'x'", "null", "1.0", " ",
            "é\n",
            String(repeating: "长", count: 80), "\u{202E}x",
        ])
    func dropAgainWithAnyName(name: String) async throws {
        try await Scene.with { scene in
            try scene.put("bad", "inbox/\(name)/1.wav")
            try scene.put("face", "inbox/\(name)/avatar.png")
            try scene.put("", "inbox/\(name)/batch.ready")
            let ledger = try scene.ledger()
            let id = try await scene.deliver(ledger).delivery.batch.id
            let inbox = try scene.folder("inbox")
            try inbox.rename(FilePath("_failed/\(id)"), to: inbox, "again")
            let again = try await scene.closed(ledger).closing
            #expect(again.marker.title != nil || name == " ")
            #expect(again.items.count == 1)
        }
    }

    @Test("such a folder keeps the rows of items.csv that it needs")
    func dropAgainWithTable() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["faces/anna.png", "faces/bob.png", "1.wav", "bad;2.wav"])
            let table =
                "audio;avatar;name;tags\r\n1.wav;faces/anna.png;Anna;a\r\n\"bad;2.wav\";faces/bob.png;\"Bob, \"\"x\"\"\";b,c\r\n"
            try scene.put(table, "inbox/dealers/items.csv")
            let ledger = try scene.ledger()
            let first = try await scene.closed(ledger).closing
            let wanted = first.items.first { $0.audio == "dealers/bad;2.wav" }
            #expect(wanted?.name.text == "Bob, \"x\"")
            _ = try await scene.deliver(ledger)
            #expect(
                try Self.inbox(scene).filter { $0.hasPrefix("_failed") } == [
                    "_failed/\(Self.id)/bad;2.wav", "_failed/\(Self.id)/batch.ready",
                    "_failed/\(Self.id)/faces/bob.png", "_failed/\(Self.id)/items.csv",
                    "_failed/\(Self.id)/reasons.csv",
                ])
            try FileManager.default.moveItem(
                atPath: scene.root.appending("inbox/_failed/\(Self.id)").string,
                toPath: scene.root.appending("inbox/again").string)
            let again = try await scene.closed(ledger).closing
            #expect(again.items.count == 1)
            #expect(again.items[0].name == wanted?.name)
            #expect(again.items[0].tags == wanted?.tags)
            #expect(again.items[0].avatar == "again/faces/bob.png")
        }
    }

    @Test("what systems leave in folders does not keep them; a person's file does")
    func leftovers() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav", "vip/2.wav"])
            for junk in ["Thumbs.db", ".DS_Store", "vip/._2.wav", "vip/desktop.ini", "@eaDir/1.wav@SynoEAStream"] {
                try scene.put("junk", "inbox/dealers/\(junk)")
            }
            try FileManager.default.createDirectory(
                atPath: scene.root.appending("inbox/dealers/empty/deeper").string, withIntermediateDirectories: true)
            let ledger = try scene.ledger()
            let closed = try await scene.closed(ledger) { path in
                ["/.", "@", "Thumbs", ".ini"].contains { path.contains($0) }
            }
            let publisher = try scene.publisher(ledger)
            _ = try await publisher.deliver(try await publisher.close(closed))
            #expect(try Self.folders(scene).filter { $0.hasPrefix("dealers") }.isEmpty)
            let archived = try Self.inbox(scene)
            #expect(archived.contains("_archive/\(Self.id)/Thumbs.db"))
            #expect(archived.contains("_archive/\(Self.id)/vip/desktop.ini"))
            #expect(archived.contains("_archive/\(Self.id)/@eaDir/1.wav@SynoEAStream"))

            try Self.fill(scene, ["avatar.png", "1.wav", "vip/2.wav"])
            let next = try await publisher.close(try await scene.closed(ledger))
            try scene.put("came late", "inbox/dealers/late.wav")
            try scene.put("junk", "inbox/dealers/Thumbs.db")
            _ = try await publisher.deliver(next)
            #expect(
                try Self.inbox(scene).filter { $0.hasPrefix("dealers") } == ["dealers/Thumbs.db", "dealers/late.wav"])
            #expect(try Self.folders(scene).filter { $0.hasPrefix("dealers") } == ["dealers/"])
        }
    }

    @Test("late files are the folder's next batch, with a delivery of their own")
    func nextDay() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let first = try await publisher.close(try await scene.closed(ledger))
            try scene.put("late", "inbox/dealers/2.wav")
            _ = try await publisher.deliver(first)
            #expect(try Self.inbox(scene).filter { $0.hasPrefix("dealers") } == ["dealers/2.wav"])
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            let next = try await scene.deliver(ledger)
            #expect(next.delivery.batch.id == "\(Self.id)-2")
            #expect(try await ledger.items(of: next.delivery.batch.id).map(\.name.text) == ["2"])
            #expect(try Self.folders(scene).filter { $0.hasPrefix("dealers") }.isEmpty)
        }
    }

    @Test("what may not be moved is pending, is tried again without a trace, and moves when it may")
    func pending() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav", "bad.wav"])
            let isLocked = Mutex(true)
            let refusal = Refusal { operation in
                guard isLocked.withLock(\.self), case .rename(let path, _) = operation, path.starts(with: "dealers")
                else { return nil }
                return .permissionDenied
            }
            let commits = Fuse(after: .max)
            let ledger = try scene.ledger(commits)
            let publisher = try scene.publisher(ledger, refusal)
            let summary = try await publisher.deliver(try await publisher.close(try await scene.closed(ledger)))
            #expect(summary.refused == 4)
            let pending = try await ledger.pendingMoves()
            #expect(pending.map(\.batch) == [Self.id])
            #expect(pending.first?.zip == summary.delivery.zipName)
            #expect(
                pending.first?.files == [
                    "dealers/1.wav", "dealers/avatar.png", "dealers/bad.wav", "dealers/batch.ready",
                ])
            #expect(try await ledger.kept().count == 4)
            let before = commits.count
            #expect(try await publisher.retryMoves() == 0)
            #expect(commits.count == before)
            isLocked.withLock { $0 = false }
            #expect(try await publisher.retryMoves() == 4)
            #expect(try await ledger.pendingMoves().isEmpty)
            #expect(try await ledger.kept().isEmpty)
            #expect(
                try Self.inbox(scene) == [
                    "_archive/\(Self.id)/1.wav", "_archive/\(Self.id)/avatar.png", "_archive/\(Self.id)/batch.ready",
                    "_failed/\(Self.id)/avatar.png", "_failed/\(Self.id)/bad.wav", "_failed/\(Self.id)/batch.ready",
                    "_failed/\(Self.id)/reasons.csv",
                ])
            #expect(try Self.folders(scene).filter { $0.hasPrefix("dealers") }.isEmpty)
            #expect(try await publisher.retryMoves() == 0)
        }
    }

    /// Root may do everything: for a user without rights.
    @Test("in a folder that really may not be changed files wait as well", .enabled(if: geteuid() != 0))
    func pendingForReal() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            let folder = try scene.folder("inbox")
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            try folder.setMode(0o555, of: "dealers")
            #expect(try await publisher.deliver(delivery).refused == 3)
            #expect(try await publisher.retryMoves() == 0)
            try folder.setMode(0o755, of: "dealers")
            #expect(try await publisher.retryMoves() == 3)
            #expect(try Self.inbox(scene).allSatisfy { $0.hasPrefix("_archive/") })
        }
    }

    @Test("a pending file that is changed or taken away is not pending any more")
    func pendingChanged() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            let refusal = Refusal { operation in
                if case .rename(let path, _) = operation, path.starts(with: "dealers") {
                    .readOnlyFileSystem
                } else {
                    nil
                }
            }
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger, refusal)
            _ = try await publisher.deliver(try await publisher.close(try await scene.closed(ledger)))
            try scene.put("news", "inbox/dealers/1.wav")
            try FileManager.default.removeItem(atPath: scene.root.appending("inbox/dealers/avatar.png").string)
            #expect(try await publisher.retryMoves() == 2)
            #expect(try await ledger.kept().keys.map(\.string) == ["dealers/batch.ready"])
            #expect(try await ledger.pendingMoves().first?.files == ["dealers/batch.ready"])
        }
    }

    @Test("a longest name that is taken twice stays a name that the file system takes")
    func longNames() async throws {
        try await Scene.with { scene in
            let long = String(repeating: "é", count: 125) + ".wav"
            try Self.fill(scene, ["avatar.png", long])
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            try scene.put("in the way", "inbox/_archive/\(Self.id)/\(long)")
            #expect(try await publisher.deliver(delivery).refused == 0)
            let names = try Self.inbox(scene).filter { $0.contains("é") }
            #expect(names.count == 2)
            #expect(names.contains { $0.hasSuffix(" (2).wav") })
        }
    }
}
