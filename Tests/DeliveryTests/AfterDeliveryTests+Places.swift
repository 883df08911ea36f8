import Delivery
import Disk
import Foundation
import Synchronization
import SystemPackage
import Testing

extension AfterDeliveryTests {
    private static func move(_ scene: Scene, _ from: String, _ to: String) throws {
        let inbox = try scene.folder("inbox")
        try inbox.rename(FilePath(from), to: inbox, FilePath(to))
    }

    // MARK: Folders that aren't empty

    @Test(
        "what may be somebody's keeps its folder, and stays where it is", arguments: AfterDelivery.allCases,
        [
            "#recycle/mine.wav", "vip/@Recycle/mine.wav", "$RECYCLE.BIN/S-1-5/mine.wav", "#snapshot/mine.wav",
            "Temporary Items/mine.wav", "lost+found/#77", "@eaDir/mine.wav", "__MACOSX/deep/mine.wav", "@tmp/mine.wav",
            "Thumbs.db/mine.wav",
        ])
    func somebodys(mode: AfterDelivery, path: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            try scene.put("mine", "inbox/dealers/\(path)")
            let ledger = try scene.ledger()
            let closed = try await scene.closed(ledger) { $0.contains("mine") || $0.contains("#") }
            let publisher = try scene.publisher(ledger, settings: PublisherSettings(afterDelivery: mode))
            _ = try await publisher.deliver(try await publisher.close(closed))
            #expect(try scene.files()["inbox/dealers/\(path)"] == Data("mine".utf8))
        }
    }

    @Test("so it does in _failed, when a retry has taken all else from there", arguments: ["#recycle/x", "@eaDir/x"])
    func somebodysInFailed(path: String) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png"])
            try scene.put("flaky", "inbox/dealers/1.wav")
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            try scene.put("mine", "inbox/_failed/\(Self.id)/\(path)")
            #expect(try await scene.retry(ledger, "dealers").videos == 1)
            #expect(try scene.files()["inbox/_failed/\(Self.id)/\(path)"] == Data("mine".utf8))
        }
    }

    @Test("delete removes what systems leave, and their folders")
    func systems() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "1.wav"])
            let left = [
                "Thumbs.db", "@eaDir/1.wav@SynoEAStream", "@eaDir/1.wav/SYNOPHOTO_THUMB_M.jpg", "__MACOSX/deep/._1.wav",
            ]
            for path in left { try scene.put("junk", "inbox/dealers/\(path)") }
            let ledger = try scene.ledger()
            let closed = try await scene.closed(ledger) { path in
                ["Thumbs", "@eaDir", "__MACOSX"].contains { path.contains($0) }
            }
            let publisher = try scene.publisher(ledger, settings: PublisherSettings(afterDelivery: .delete))
            _ = try await publisher.deliver(try await publisher.close(closed))
            #expect(try Self.folders(scene) == [])
        }
    }

    @Test("a retry leaves a new folder with the batch's name alone, even an empty one")
    func emptyFolder() async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png"])
            try scene.put("flaky", "inbox/dealers/1.wav")
            let ledger = try scene.ledger()
            _ = try await scene.deliver(ledger)
            try scene.folder("inbox").makeFolder("dealers", mode: 0o755)
            #expect(try await scene.retry(ledger, "dealers").videos == 1)
            #expect(try Self.folders(scene).contains("dealers/"))
        }
    }

    // MARK: Late moves

    /// A delivery of which these files may not be moved, and what lets them.
    private static func deliver(
        _ scene: Scene, locked: Set<String>
    ) async throws -> (publisher: Publisher, unlock: @Sendable () -> Void) {
        try fill(scene, ["avatar.png", "1.wav", "bad.wav"])
        let lock = Lock(locked)
        let refusal = Refusal { operation in
            guard case .rename(let path, _) = operation, lock.holds(path.string) else { return nil }
            return .permissionDenied
        }
        let publisher = try scene.publisher(try scene.ledger(), refusal)
        let delivery = try await publisher.close(try await scene.closed(try scene.ledger()))
        #expect(try await publisher.deliver(delivery).refused == locked.count)
        return (publisher, { lock.open() })
    }

    private final class Lock: Sendable {
        private let files: Mutex<Set<String>>

        init(_ files: Set<String>) { self.files = Mutex(files) }
        func holds(_ path: String) -> Bool { files.withLock { $0.contains(path) } }
        func open() { files.withLock { $0 = [] } }
    }

    @Test("a batch whose files can't be moved now keeps no other from it")
    func lateOfSeveral() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            let locked = Refusal { operation in
                if case .rename(let path, _) = operation, path.lastComponent == "1.wav" {
                    .permissionDenied
                } else {
                    nil
                }
            }
            for name in ["dealers", "others"] {
                for file in ["1.wav", "1.png"] { try scene.put("\(name) \(file)", "inbox/\(name)/\(file)") }
                try scene.put("", "inbox/\(name)/batch.ready")
                let publisher = try scene.publisher(ledger, locked)
                let closed = try await scene.closed(ledger) { !$0.hasPrefix(name) }
                #expect(try await publisher.deliver(try await publisher.close(closed)).refused == 1)
            }
            let broken = Refusal { operation in
                if case .rename(let path, _) = operation, path == "dealers/1.wav" { .ioError } else { nil }
            }
            let publisher = try scene.publisher(ledger, broken)
            await #expect(throws: Obstruction.self) { _ = try await publisher.retryMoves() }
            #expect(try await ledger.pendingMoves().map(\.files) == [["dealers/1.wav"]])
        }
    }

    @Test("a folder in _failed that was dropped again is not made anew by what has nothing to do with it")
    func droppedAgain() async throws {
        try await Scene.with { scene in
            let (publisher, unlock) = try await Self.deliver(scene, locked: ["dealers/1.wav"])
            try Self.move(scene, "_failed/\(Self.id)", "again")
            #expect(try await publisher.retryMoves() == 0)
            #expect(try !Self.folders(scene).contains("_failed/\(Self.id)/"))
            unlock()
            #expect(try await publisher.retryMoves() == 1)
            #expect(try !Self.folders(scene).contains("_failed/\(Self.id)/"))
        }
    }

    @Test("what gets there late gets a folder that can be dropped again")
    func lateInFailed() async throws {
        try await Scene.with { scene in
            let (publisher, unlock) = try await Self.deliver(scene, locked: ["dealers/bad.wav"])
            try Self.move(scene, "_failed/\(Self.id)", "again")
            #expect(try await publisher.retryMoves() == 0)
            #expect(try !Self.folders(scene).contains("_failed/\(Self.id)/"))
            unlock()
            #expect(try await publisher.retryMoves() == 1)
            #expect(
                try Self.inbox(scene).filter { $0.hasPrefix("_failed") } == [
                    "_failed/\(Self.id)/bad.wav", "_failed/\(Self.id)/batch.ready", "_failed/\(Self.id)/reasons.csv",
                ])
        }
    }

    // MARK: Something in the way

    @Test(
        "a file or link where a folder is needed holds no delivery up: its inputs wait until it is gone",
        arguments: [
            "_archive", "_failed", "_archive/\(id)", "_failed/\(id)", "_archive/\(id)/vip", "_failed/\(id)/vip",
        ],
        [nil, "/tmp", "nowhere"])
    func obstacle(place: String, link: String?) async throws {
        try await Scene.with { scene in
            try Self.fill(scene, ["avatar.png", "vip/1.wav", "vip/bad.wav"])
            let ledger = try scene.ledger()
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            let way = scene.root.appending("inbox").pushing(FilePath(place))
            try scene.put("", "inbox/\(place)")
            if let link {
                try FileManager.default.removeItem(atPath: way.string)
                try FileManager.default.createSymbolicLink(atPath: way.string, withDestinationPath: link)
            }
            let summary = try await publisher.deliver(delivery)
            #expect(try Set(scene.files(below: ["outbox"]).keys).count == 3)
            #expect(summary.refused > 0)
            let waiting = try await ledger.members(of: Self.id).filter { $0.fate == .refused }
            #expect(waiting.allSatisfy { $0.note?.contains("stands where a folder is needed") == true })
            #expect(try await publisher.retryMoves() == 0)
            #expect(try Self.inbox(scene).contains { $0.hasPrefix("dealers/") })

            try FileManager.default.removeItem(atPath: way.string)
            #expect(try await publisher.retryMoves() == summary.refused)
            #expect(try await ledger.pendingMoves().isEmpty)
            #expect(try !Self.inbox(scene).contains { $0.hasPrefix("dealers/") })
        }
    }
}
