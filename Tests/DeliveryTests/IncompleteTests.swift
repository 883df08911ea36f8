import Crypto
import Delivery
import Foundation
import Testing

extension VirtualTime {
    /// Files that end too early, of which more may come.
    @Suite(.timeLimit(.minutes(2))) struct IncompleteTests {
        /// The files of a test are of now.
        private static func service(
            _ scene: Scene, _ log: TestLog = TestLog(), begin: Date = Date()
        ) throws -> RunningService {
            var options = RunningService.Options()
            options.clock = VirtualClock()
            options.begin = begin
            options.log = log
            return try RunningService(scene, options)
        }

        private static func drop(_ service: RunningService) async throws {
            try await service.drop(["d/one.wav": "cut", "d/one.png": "face", "d/batch.ready": ""])
            try await service.live { $0.batches.first?.incomplete.isEmpty == false }
        }

        @Test("it is rejected when nothing has come of it for ten minutes; status says until when")
        func rejected() async throws {
            try await Scene.with { scene in
                let log = TestLog()
                let service = try Self.service(scene, log)
                try await service.whileRunning {
                    try await Self.drop(service)
                    let batch = try #require(await service.status.batches.first)
                    #expect(batch.incomplete.map(\.path) == ["d/one.wav"] && batch.bad == 0 && !batch.isHeld)
                    let words = "waits whether more of d/one.wav comes, which ends too early; until 2"
                    #expect(batch.waitsFor.hasPrefix(words))
                    try await service.live(for: .seconds(590))
                    #expect(await service.status.delivered.isEmpty)
                    try await service.live(within: .seconds(30)) { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["d one rejected  cut"])
                #expect(log.lines.contains { $0.hasPrefix("warning ends too early") })
            }
        }

        @Test("what comes of it meanwhile is rendered anew")
        func completed() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await Self.drop(service)
                    try await service.live(for: .seconds(300))
                    try scene.put("one", "inbox/d/one.wav")
                    try await service.live(within: .seconds(60)) { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["d one ok"])
            }
        }

        @Test("each change begins its time anew")
        func anew() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await Self.drop(service)
                    try await service.live(for: .seconds(500))
                    try scene.put("cut, and a little more", "inbox/d/one.wav")
                    try await service.live(for: .seconds(500))
                    #expect(await service.status.delivered.isEmpty)
                    try await service.live(within: .seconds(140)) { !$0.delivered.isEmpty }
                }
            }
        }

        @Test("a restart in between counts from the file's own change time")
        func restart() async throws {
            try await Scene.with { scene in
                let first = try Self.service(scene)
                try await first.whileRunning { try await Self.drop(first) }
                let second = try Self.service(scene, begin: Date().addingTimeInterval(560))
                try await second.whileRunning {
                    try await second.live { $0.batches.first?.incomplete.isEmpty == false }
                    try await second.live(for: .seconds(20))
                    #expect(await second.status.delivered.isEmpty)
                    try await second.live(within: .seconds(40)) { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["d one rejected  cut"])
            }
        }

        @Test("a file that a list proves to be whole is rejected at once")
        func proven() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                let sum = SHA256.hash(data: Data("cut".utf8))
                    .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                try await service.whileRunning {
                    try await service.drop([
                        "d/one.wav": "cut", "d/one.png": "face", "d/batch.ready": "",
                        "d/SHA256SUMS": "\(sum.joined())  one.wav\n",
                    ])
                    try await service.live(within: .seconds(60)) { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["d one rejected  cut"])
            }
        }

        @Test("who runs once does not wait")
        func once() async throws {
            try await Scene.with { scene in
                let service = try RunningService(scene, isOnce: true)
                for (path, text) in ["d/one.wav": "cut", "d/one.png": "face", "d/batch.ready": ""] {
                    try scene.put(text, "inbox/\(path)")
                }
                try await service.run()
                #expect(try scene.rows() == ["d one rejected  cut"])
            }
        }
    }
}
