import Batch
import Delivery
import Disk
import Foundation
import Synchronization
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// The whole service on what the folder contract promises, by a virtual clock and real inotify.
    @Suite(.timeLimit(.minutes(2))) struct ContractTests {
        private static func service(
            _ scene: Scene, _ change: (inout RunningService.Options) -> Void = { _ in }
        ) throws -> RunningService {
            var options = RunningService.Options()
            options.clock = VirtualClock()
            change(&options)
            return try RunningService(scene, options)
        }

        private static func remove(_ scene: Scene, _ path: String) throws {
            try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath("inbox/\(path)")).string)
        }

        @Test("a marker that comes first waits for its files")
        func markerFirst() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop(["dealers/batch.ready": ""])
                    try await service.live(for: .seconds(3600))
                    #expect(
                        await service.status.batches.first?.waitsFor
                            == "has a marker, and waits for audio and avatar files"
                    )
                    try await service.drop(["dealers/one.wav": "one", "dealers/one.png": "face"])
                    try await service.live(for: .seconds(25))
                    #expect(await service.status.delivered.isEmpty)
                    try await service.live { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["dealers one ok"])
            }
        }

        @Test("files and marker that are taken back end the render and leave nothing")
        func withdrawn() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "hang", "dealers/one.png": "face", "dealers/batch.ready": "",
                    ])
                    try await service.live { $0.running.count == 1 }
                    for file in ["one.wav", "one.png", "batch.ready"] { try Self.remove(scene, "dealers/\(file)") }
                    try await service.live { $0.running.isEmpty && $0.batches.isEmpty }
                    try await service.live(for: .seconds(3600))
                }
                #expect(try scene.results().isEmpty)
            }
        }

        @Test("expected items are waited for, and after a day it is delivered with the shortfall told")
        func expect() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "one", "dealers/one.png": "face", "dealers/batch.ready": "expect: 3\n",
                    ])
                    try await service.live(for: .seconds(23 * 3600))
                    let status = await service.status
                    #expect(status.delivered.isEmpty)
                    #expect(status.batches.first?.expect == .init(ended: 1, wanted: 3))
                    #expect(status.batches.first?.waitsFor.contains("1 of the 3") == true)
                    try await service.live(within: .seconds(2 * 3600)) { !$0.delivered.isEmpty }
                }
                let csv = try #require(try scene.files(below: ["outbox"]).first { $0.key.hasSuffix(".csv") }?.value)
                #expect(String(decoding: csv, as: UTF8.self).contains("3"))
                #expect(try scene.rows() == ["dealers one ok"])
            }
        }

        @Test("with as many items as expected it closes without waiting for quiet")
        func expectMet() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "one", "dealers/one.png": "face", "dealers/batch.ready": "expect: 1\n",
                    ])
                    try await service.live(within: .seconds(4)) { !$0.delivered.isEmpty || !$0.delivering.isEmpty }
                }
            }
        }

        @Test("close_after closes a folder without marker")
        func closeAfter() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene) { $0.rules = BatchRules(closeAfter: .seconds(900)) }
                try await service.whileRunning {
                    try await service.drop(["dealers/one.wav": "one", "dealers/one.png": "face"])
                    try await service.live(for: .seconds(890))
                    #expect(await service.status.delivered.isEmpty)
                    #expect(await service.status.batches.first?.waitsFor.contains("15 min") == true)
                    try await service.live(within: .seconds(30)) { !$0.delivered.isEmpty }
                }
            }
        }

        @Test("the default avatar speaks what has no face of its own, and stays where it is")
        func defaultAvatar() async throws {
            try await Scene.with { scene in
                try scene.put("brand", "brand/face.png")
                let brand = scene.root.pushing("brand/face.png")
                let service = try Self.service(scene) { $0.rules = BatchRules(defaultAvatar: brand) }
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "one", "dealers/two.wav": "two", "dealers/batch.ready": "",
                    ])
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["dealers one ok", "dealers two ok"])
                #expect(try scene.inputs().count == 3)
                #expect(FileManager.default.contents(atPath: brand.string) == Data("brand".utf8))
            }
        }

        @Test("a default avatar that is not there is waited for, and said")
        func missingDefaultAvatar() async throws {
            try await Scene.with { scene in
                let brand = scene.root.pushing("brand/face.png")
                let service = try Self.service(scene) { $0.rules = BatchRules(defaultAvatar: brand) }
                try await service.whileRunning {
                    try await service.drop(["dealers/one.wav": "one", "dealers/batch.ready": ""])
                    try await service.live { $0.batches.first?.waitsFor.contains("it is not there now") == true }
                    try scene.put("brand", "brand/face.png")
                    try await service.live { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["dealers one ok"])
            }
        }

        @Test("one audio.wav for many avatars; a lone pair is named after its folder")
        func oneAudio() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "team/audio.wav": "words", "team/anna.png": "anna", "team/bob.mp4": "bob",
                        "team/batch.ready": "",
                        "solo/audio.wav": "words", "solo/avatar.png": "face", "solo/batch.ready": "",
                    ])
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
                }
                #expect(Set(try scene.rows()) == ["solo solo ok", "team anna ok", "team bob ok"])
            }
        }

        @Test("files that come while a batch is delivered, and the same folder the next day, are batches of their own")
        func late() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "one", "dealers/a.png": "face", "dealers/avatar.png": "all",
                    ])
                    try await service.drop(["dealers/batch.ready": ""])
                    try await service.live { !$0.delivering.isEmpty || !$0.delivered.isEmpty }
                    try scene.put("late", "inbox/dealers/late.wav")
                    try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty && $0.batches.count == 1 }
                    try await service.live(for: .seconds(86_400))
                    #expect(await service.status.batches.first?.unpaired == ["dealers/late.wav"])
                    try await service.drop(["dealers/avatar.png": "all", "dealers/batch.ready": ""])
                    try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["dealers a unpaired  no_partner", "dealers one ok", "dealers late ok"])
                #expect(try scene.inputs().allSatisfy { $0.hasPrefix("_") })
            }
        }

        @Test("inputs that may not be moved: delivered once, told, tried every hour, moved at last")
        func unmovable() async throws {
            try await Scene.with { scene in
                let isRefused = Mutex(true)
                let service = try Self.service(scene) {
                    $0.inbox = Refusal { operation in
                        guard case .rename(let path, _) = operation, path.starts(with: "dealers") else { return nil }
                        return isRefused.withLock { $0 } ? .permissionDenied : nil
                    }
                }
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.wav": "one", "dealers/one.png": "face", "dealers/batch.ready": "",
                    ])
                    try await service.live {
                        $0.delivered.count == 1 && $0.delivering.isEmpty && !$0.pendingMoves.isEmpty
                    }
                    let text = await service.status.text(isRunning: true, timeZone: .gmt)
                    #expect(text.contains("Move pending\n  heygem_batch_result_"))
                    #expect(text.contains("3 files of it could not be moved"))
                    try await service.live(for: .seconds(3 * 3600))
                    #expect(await service.status.delivered.count == 1)
                    #expect(await service.status.batches.isEmpty)
                    isRefused.withLock { $0 = false }
                    try await service.live(within: .seconds(3700)) { $0.pendingMoves.isEmpty }
                }
                #expect(try scene.inputs().allSatisfy { $0.hasPrefix("_archive/") })
                #expect(try scene.results() == Scene.set("dealers"))
            }
        }
    }
}
