import Delivery
import Disk
import Foundation
import Render
import Synchronization
import SystemPackage
import Testing

@Suite struct JanitorTests {
    private static let day = 86_400.0

    private static func deliver(_ scene: Scene, _ ledger: Ledger, _ name: String) async throws {
        try scene.put("speech \(name)", "inbox/dealers/\(name).wav")
        try scene.put("face", "inbox/dealers/avatar.png")
        try scene.put("", "inbox/dealers/batch.ready")
        _ = try await scene.deliver(ledger)
    }

    /// - Parameter seconds: since its start.
    private static func janitor(
        _ scene: Scene, _ ledger: Ledger, days: Double, minFree: UInt64 = 0, seconds: Int = 3600
    ) throws -> Janitor {
        let date = Date(timeIntervalSinceNow: days * day)
        let clock = VirtualClock()
        let janitor = Janitor(
            ledger: ledger, work: try scene.folder("state/work"), settings: Janitor.Settings(minFree: minFree),
            clock: clock, date: { date })
        // nobody waits: each is a second
        for _ in 0..<seconds { clock.jump() }
        return janitor
    }

    private static func videos(_ scene: Scene) throws -> [String] {
        try scene.files(below: ["state"]).keys.filter { $0.hasSuffix(".mp4") }.sorted()
    }

    @Test("a video goes two weeks after its last use, and is rendered anew when it is needed again")
    func old() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger, "1")
            #expect(try await Self.janitor(scene, ledger, days: 13).sweep { [] }.removed == 0)
            let key = try await ledger.items(of: "20251219_142007_dealers").first?.render ?? ""
            #expect(try await Self.janitor(scene, ledger, days: 15).sweep { [key] }.removed == 0)
            let outcome = try await Self.janitor(scene, ledger, days: 15).sweep { [] }
            #expect((outcome.removed, outcome.isShort) == (1, false))
            #expect(try Self.videos(scene).isEmpty)
            #expect(try await ledger.render(key)?.state == .dropped)
            try await Self.deliver(scene, ledger, "1")
            #expect(try Self.videos(scene).count == 1)
        }
    }

    @Test("notes on video avatars go after two weeks too, and all of them where room is short")
    func notebooks() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger, "1")
            func notes() throws -> Int { try scene.files(below: ["state"]).keys.count { $0.hasSuffix(".face") } }
            try scene.put("notes", "state/work/faces/a-found-1080.face")
            _ = try await Self.janitor(scene, ledger, days: 13).sweep { [] }
            #expect(try notes() == 1)
            _ = try await Self.janitor(scene, ledger, days: 15).sweep { [] }
            #expect(try notes() == 0)
            try scene.put("notes", "state/work/faces/a-found-1080.face")
            _ = try await Self.janitor(scene, ledger, days: 0, minFree: .max, seconds: 0).sweep { [] }
            #expect(try notes() == 0)
        }
    }

    @Test("what an unfinished delivery needs stays, however old it is and however little is free")
    func needed() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try scene.put("speech", "inbox/dealers/1.wav")
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            let publisher = try scene.publisher(ledger)
            let delivery = try await publisher.close(try await scene.closed(ledger))
            let janitor = try Self.janitor(scene, ledger, days: 100, minFree: .max)
            let outcome = try await janitor.sweep { [] }
            #expect((outcome.removed, outcome.isShort) == (0, true))
            #expect(try await publisher.deliver(delivery).videos == 1)
            #expect(try await janitor.sweep { [] }.removed == 1)
        }
    }

    @Test("when little is free the oldest go first, and only as many as it takes")
    func little() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            for name in ["1", "2", "3"] { try await Self.deliver(scene, ledger, name) }
            let keys = try await ledger.keys(of: ["20251219_142007_dealers", "20251219_142007_dealers-2"])
            for (age, key) in keys.enumerated() {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: Double(age - 9) * Self.day)],
                    ofItemAtPath: scene.root.appending("state/work/\(key).mp4").string)
            }
            // the third is the youngest: it is needed, so that the two others are all that may go
            let third = try await ledger.keys(of: ["20251219_142007_dealers-3"])
            let outcome = try await Self.janitor(scene, ledger, days: 0, minFree: .max).sweep { Set(third) }
            #expect((outcome.removed, outcome.isShort) == (2, true))
            #expect(try Self.videos(scene) == third.map { "state/work/\($0).mp4" })
        }
    }

    @Test("within an hour of the start no video goes before its time, for open batches may still need it")
    func firstHour() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try await Self.deliver(scene, ledger, "1")
            let early = try Self.janitor(scene, ledger, days: 1, minFree: .max, seconds: 3599)
            let outcome = try await early.sweep { [] }
            #expect((outcome.removed, outcome.isShort) == (0, nil))
            // its time has come
            let old = try Self.janitor(scene, ledger, days: 15, minFree: .max, seconds: 0)
            #expect(try await old.sweep { [] }.removed == 1)
        }
    }

    @Test("who needs a video is asked again before each goes; while nobody can tell, none goes")
    func askedAgain() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            for name in ["1", "2", "3"] { try await Self.deliver(scene, ledger, name) }
            let all = Set(try Self.videos(scene).compactMap { FilePath($0).stem })
            let janitor = try Self.janitor(scene, ledger, days: 15, minFree: .max)
            let silent = try await janitor.sweep { nil }
            #expect((silent.removed, silent.isShort) == (0, nil))
            let answers = Mutex(0)
            let outcome = try await janitor.sweep {
                answers.withLock { count in
                    count += 1
                    return count == 1 ? [] : all
                }
            }
            #expect((outcome.removed, outcome.isShort) == (1, true))
            #expect(try Self.videos(scene).count == 2)
        }
    }

    @Test("a batch that closes during a sweep keeps its videos")
    func closesMeanwhile() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            try scene.put("speech", "inbox/dealers/1.wav")
            try scene.put("face", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            let publisher = try scene.publisher(ledger)
            let closed = try await scene.closed(ledger)
            let janitor = try Self.janitor(scene, ledger, days: 15, minFree: .max)
            // the queue has forgotten it then
            let outcome = try await janitor.sweep {
                _ = try? await publisher.close(closed)
                return []
            }
            #expect(outcome.removed == 0)
            #expect(try Self.videos(scene).count == 1)
        }
    }

    @Test("outputs of attempts that have ended go, those of running ones stay")
    func attempts() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            let content = RenderContent(
                audioSHA256: "a", avatarSHA256: "b", pointsSHA256: nil, engine: StubEngine().identity)
            let key = try await ledger.queueRender(content, at: Scene.date).key
            let running = try await ledger.beginAttempt(key, at: Scene.date)
            try scene.put("half a video", "state/work/\(running.output)")
            try scene.put("left behind", "state/work/attempts/77.mp4")
            _ = try await Self.janitor(scene, ledger, days: 0).sweep { [] }
            #expect(try Self.videos(scene) == ["state/work/\(running.output)"])
        }
    }
}

extension Ledger {
    fileprivate func keys(of batches: [String]) async throws -> [String] {
        var keys: [String] = []
        for batch in batches { keys += try await items(of: batch).compactMap(\.render) }
        return keys
    }
}
