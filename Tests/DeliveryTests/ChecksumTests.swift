import Crypto
import Delivery
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// `SHA256SUMS` with real files, a real watcher and a real ledger.
    @Suite(.timeLimit(.minutes(2))) struct ChecksumTests {
        private static func list(_ files: KeyValuePairs<String, String>) -> String {
            files.map { name, text in
                SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                    .joined() + "  \(name)\n"
            }.joined()
        }

        private static func service(
            _ scene: Scene, _ log: TestLog = TestLog(), _ change: (inout RunningService.Options) -> Void = { _ in }
        ) throws -> RunningService {
            var options = RunningService.Options()
            options.clock = VirtualClock()
            options.log = log
            change(&options)
            return try RunningService(scene, options)
        }

        private static func remove(_ path: String, in scene: Scene) throws {
            try FileManager.default.removeItem(atPath: scene.root.pushing(FilePath(path)).string)
        }

        @Test("a listed file that matches is settled at once, one that is not listed as usual")
        func atOnce() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "d/SHA256SUMS": Self.list(["one.wav": "one", "one.png": "face"])
                    ])
                    try await service.live { $0.batches.first?.unprovenCount == 2 }
                    try await service.drop(["d/one.wav": "one", "d/one.png": "face", "d/two.wav": "two"])
                    try await service.live(within: .seconds(1)) { $0.batches.first?.ended == 1 }
                    #expect(await service.status.batches.first?.copying == 1)
                    try await service.live(within: .seconds(4)) { $0.batches.first?.copying == 0 }
                }
            }
        }

        @Test("what differs or is missing holds the batch at its marker, with a note, until it matches")
        func held() async throws {
            try await Scene.with { scene in
                let log = TestLog()
                let service = try Self.service(scene, log)
                try await service.whileRunning {
                    try await service.drop([
                        "d/one.wav": "half of o", "d/avatar.png": "face", "d/batch.ready": "",
                        "d/SHA256SUMS": Self.list(["one.wav": "one", "two.wav": "two", ".DS_Store": "x"]),
                    ])
                    try await service.live { _ in try scene.text("inbox/d/batch.ready.error.txt") != nil }
                    let batch = try #require(await service.status.batches.first)
                    #expect(batch.problems.map(\.code) == [.notAsListed])
                    #expect(batch.unproven.map(\.path) == ["one.wav", "two.wav"] && batch.ended == 0)
                    let note = try #require(try scene.text("inbox/d/batch.ready.error.txt"))
                    #expect(note.contains("one.wav (line 1) has other content; two.wav (line 2) is not there"))
                    let text = await service.status.text(isRunning: true, timeZone: .gmt)
                    let line = "not as SHA256SUMS says: one.wav (has other content), two.wav (is not there)"
                    #expect(text.contains(line))
                    try await service.live(for: .seconds(3600))
                    #expect(await service.status.delivered.isEmpty)
                    try scene.put("one", "inbox/d/one.wav")
                    try scene.put("two", "inbox/d/two.wav")
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["d one ok", "d two ok"])
                #expect(
                    try scene.inputs()
                        == ["SHA256SUMS", "avatar.png", "batch.ready", "one.wav", "two.wav"].map { "_archive/d/\($0)" })
                // never rendered with the content that differs
                #expect(log.lines.count { $0.hasPrefix("info rendering") } == 2)
            }
        }

        @Test("a restart holds it again, and goes on when it is mended")
        func restart() async throws {
            try await Scene.with { scene in
                let first = try Self.service(scene)
                try await first.whileRunning {
                    try await first.drop([
                        "d/one.wav": "one", "d/one.png": "face", "d/batch.ready": "",
                        "d/SHA256SUMS": Self.list(["one.wav": "one", "two.wav": "two"]),
                    ])
                    try await first.live { $0.batches.first?.isHeld == true }
                }
                let second = try Self.service(scene)
                try await second.whileRunning {
                    try await second.live { $0.batches.first?.isHeld == true && $0.batches.first?.ended == 1 }
                    try scene.put(Self.list(["one.wav": "one"]), "inbox/d/SHA256SUMS")
                    try await second.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.rows() == ["d one ok"])
                #expect(try scene.text("inbox/d/batch.ready.error.txt") == nil)
            }
        }

        @Test("withdrawing the list or the marker lets it go", arguments: ["SHA256SUMS", "batch.ready"])
        func withdrawn(_ name: String) async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "d/one.wav": "one", "d/one.png": "face", "d/batch.ready": "",
                        "d/SHA256SUMS": Self.list(["one.wav": "another"]),
                    ])
                    try await service.live { _ in try scene.text("inbox/d/batch.ready.error.txt") != nil }
                    try Self.remove("inbox/d/\(name)", in: scene)
                    try await service.live { _ in try scene.text("inbox/d/batch.ready.error.txt") == nil }
                    if name == "SHA256SUMS" {
                        try await service.live { !$0.delivered.isEmpty }
                    } else {
                        try await service.live(for: .seconds(600))
                        let batch = await service.status.batches.first
                        #expect(batch?.isHeld == false && batch?.ended == 0)
                        #expect(batch?.waitsFor == "waits until 1 file is as SHA256SUMS says")
                    }
                }
            }
        }

        @Test("a list with a bad line holds the batch and names the line; mended, it is delivered")
        func badLine() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "d/one.wav": "one", "d/one.png": "face", "d/batch.ready": "",
                        "d/SHA256SUMS": Self.list(["one.wav": "one"]) + "see above\n",
                    ])
                    try await service.live { $0.batches.first?.problems.first?.code == .badChecksums }
                    #expect(await service.status.batches.first?.problems.first?.text.contains("line 2") == true)
                    try scene.put(Self.list(["one.wav": "one"]), "inbox/d/SHA256SUMS")
                    try await service.live { !$0.delivered.isEmpty }
                }
            }
        }

        @Test("a list that comes while a video is rendered does not begin it anew, and its checksum is used")
        func duringRender() async throws {
            try await Scene.with { scene in
                let (log, engine) = (TestLog(), StubEngine())
                let service = try Self.service(scene, log) { $0.engine = engine }
                try await service.whileRunning {
                    try await service.drop(["d/one.wav": "hang one", "d/one.png": "face"])
                    try await service.live { $0.running.count == 1 }
                    try await service.drop([
                        "d/SHA256SUMS": Self.list(["one.wav": "hang one", "one.png": "face"])
                    ])
                    try await service.live(for: .seconds(30))
                    #expect(await service.status.running.count == 1 && engine.all == 1)
                    // another content ends it
                    try scene.put(Self.list(["one.wav": "whole"]), "inbox/d/SHA256SUMS")
                    try await service.live { $0.running.isEmpty && $0.batches.first?.unprovenCount == 1 }
                }
                #expect(engine.all == 1)
            }
        }

        @Test("who runs once is told what holds the batch, and nothing is lost")
        func once() async throws {
            try await Scene.with { scene in
                let service = try RunningService(scene, isOnce: true)
                for (path, text) in [
                    "d/one.wav": "one", "d/one.png": "face", "d/batch.ready": "",
                    "d/SHA256SUMS": Self.list(["one.wav": "one", "two.wav": "two"]),
                ] { try scene.put(text, "inbox/\(path)") }
                try await service.run()
                #expect(await service.status.batches.first?.problems.first?.code == .notAsListed)
                #expect(try scene.results().isEmpty)
            }
        }
    }
}
