import Batch
import Delivery
import Disk
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// `after_delivery: keep`: delivered files stay, and are no news until they change.
    @Suite(.timeLimit(.minutes(2))) struct KeptTests {
        private static func service(_ scene: Scene, _ engine: StubEngine) throws -> RunningService {
            var options = RunningService.Options(engine: engine)
            options.clock = VirtualClock()
            options.publishing = PublisherSettings(afterDelivery: .keep)
            return try RunningService(scene, options)
        }

        @Test("kept files are delivered once, are partners of new ones, and count again when they change")
        func kept() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let first = try Self.service(scene, engine)
                try await first.whileRunning {
                    try await first.drop([
                        "dealers/avatar.png": "face", "dealers/one.wav": "one", "dealers/batch.ready": "",
                    ])
                    try await first.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
                    try await first.live(for: .seconds(3600))
                    #expect(await first.status.batches.isEmpty)
                    #expect(await first.status.pendingMoves.isEmpty)
                    let text = await first.status.text(isRunning: true, timeZone: .gmt)
                    #expect(text.hasSuffix("\nNothing is waiting.\n"))
                    let chinese = await first.status.text(isRunning: true, timeZone: .gmt, language: .zh)
                    #expect(chinese.hasSuffix("\n没有待处理的批次。\n"))
                }
                #expect(try scene.inputs() == ["dealers/avatar.png", "dealers/batch.ready", "dealers/one.wav"])
                // somebody sets the rights of all files anew: their content is what it was
                for file in try scene.inputs() {
                    try FileManager.default.setAttributes(
                        [.posixPermissions: 0o600], ofItemAtPath: scene.root.pushing(FilePath("inbox/\(file)")).string)
                }
                let second = try Self.service(scene, engine)
                try await second.whileRunning {
                    try await second.live(for: .seconds(3600))
                    #expect(await second.status.delivered.count == 1)
                    #expect(await second.status.batches.isEmpty)
                    // a new audio with the kept avatar, and a new marker
                    try await second.drop(["dealers/two.wav": "two"])
                    try scene.put("title: Again\n", "inbox/dealers/batch.ready")
                    try await second.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
                    #expect(engine.all == 2)
                    // a kept audio gets another content
                    try scene.put("one, better", "inbox/dealers/one.wav")
                    try scene.put("title: Better\n", "inbox/dealers/batch.ready")
                    try await second.live { $0.delivered.count == 3 && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["dealers one ok", "Again two ok", "Better one ok"])
                #expect(engine.all == 3)
            }
        }
    }
}
