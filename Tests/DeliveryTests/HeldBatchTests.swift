import Batch
import Delivery
import Disk
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// What holds a batch, how that is told, and that it goes on when it is mended.
    @Suite(.timeLimit(.minutes(2))) struct HeldBatchTests {
        private static let note = "inbox/dealers/batch.ready.error.txt"

        private static func service(
            _ scene: Scene, _ change: (inout RunningService.Options) -> Void = { _ in }
        ) throws -> RunningService {
            var options = RunningService.Options()
            options.clock = VirtualClock()
            change(&options)
            return try RunningService(scene, options)
        }

        private static func dropBroken(_ service: RunningService) async throws {
            try await service.drop([
                "dealers/avatar.png": "face", "dealers/one.wav": "one", "dealers/batch.ready": "titel: July\n",
            ])
            try await service.live { $0.batches.first?.isHeld == true && $0.batches.first?.ended == 1 }
        }

        @Test("a broken marker holds its batch, which status, log and a note beside it tell; mended, it is delivered")
        func broken() async throws {
            try await Scene.with { scene in
                let log = TestLog()
                let service = try Self.service(scene) { $0.log = log }
                try await service.whileRunning {
                    try await Self.dropBroken(service)
                    try await service.live { _ in try scene.text(Self.note) != nil }
                    let held = try #require(await service.status.batches.first)
                    #expect(held.problems.map(\.code) == [.badMarker])
                    #expect(held.problems.first?.text.contains("dealers/batch.ready: line 1") == true)
                    let note = try #require(try scene.text(Self.note))
                    #expect(note.hasPrefix("\u{FEFF}HeyGemWatch: the batch “dealers” is held."))
                    #expect(note.contains(held.problems.first?.text ?? "-"))
                    let text = await service.status.text(isRunning: true, timeZone: .gmt)
                    #expect(
                        text.contains(
                            "dealers: 1 of 1 item done; is held until it is mended\n    ! dealers/batch.ready"))
                    #expect(!text.contains("Left alone"))
                    try await service.live(for: .seconds(3600))
                    #expect(await service.status.delivered.isEmpty)
                    try scene.put("title: July\n", "inbox/dealers/batch.ready")
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.results() == Scene.set("dealers"))
                #expect(try scene.rows() == ["July one ok"])
                #expect(
                    try scene.inputs() == ["avatar.png", "batch.ready", "one.wav"].map { "_archive/dealers/\($0)" })
                #expect(log.lines.count { $0.hasPrefix("warning held") } == 1)
            }
        }

        @Test("in Chinese: note, status and log")
        func chinese() async throws {
            try await Scene.with { scene in
                let log = TestLog()
                let service = try Self.service(scene) {
                    $0.language = .zh
                    $0.log = log
                }
                try await service.whileRunning {
                    try await Self.dropBroken(service)
                    try await service.live { _ in try scene.text(Self.note) != nil }
                    #expect(try scene.text(Self.note)?.hasPrefix("\u{FEFF}HeyGemWatch：批次“dealers”已搁置。") == true)
                    let text = await service.status.text(isRunning: true, timeZone: .gmt)
                    #expect(text.contains("HeyGemWatch 正在运行"))
                    #expect(text.contains("收集中\n  dealers：共 1 个项目，已完成 1 个；已搁置，需先改正问题\n    ! dealers/batch.ready：第 1 行"))
                    #expect(log.lines.contains { $0.hasPrefix("warning held") && $0.contains("请改正") })
                }
            }
        }

        @Test(
            "a note of this or an earlier run goes when nothing calls for it, and is left as it is when something does")
        func notes() async throws {
            try await Scene.with { scene in
                let first = try Self.service(scene)
                try await first.whileRunning {
                    try await Self.dropBroken(first)
                    try await first.live { _ in try scene.text(Self.note) != nil }
                }
                let inbox = try scene.folder("inbox")
                let before = try inbox.status(of: "dealers/batch.ready.error.txt").signature
                try scene.put(scene.text(Self.note) ?? "", "inbox/gone.batch.error.txt")
                let second = try Self.service(scene)
                try await second.whileRunning {
                    try await second.live { $0.batches.first?.isHeld == true }
                    try await second.live(for: .seconds(60))
                    #expect(try inbox.status(of: "dealers/batch.ready.error.txt").signature == before)
                    #expect(try scene.text("inbox/gone.batch.error.txt") == nil)
                    // the marker is withdrawn
                    try FileManager.default.removeItem(atPath: scene.root.pushing("inbox/dealers/batch.ready").string)
                    try await second.live { try $0.batches.first?.isHeld == false && scene.text(Self.note) == nil }
                    try await second.live(for: .seconds(60))
                    #expect(await second.status.delivered.isEmpty)
                }
            }
        }

        @Test("a person's own file under the note's name is left alone; the note stands in the outbox then")
        func ownFile() async throws {
            try await Scene.with { scene in
                try scene.put("mine", Self.note)
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await Self.dropBroken(service)
                    let note = "outbox/dealers.batch.ready.error.txt"
                    try await service.live { _ in try scene.text(note)?.contains("dealers/batch.ready") == true }
                    #expect(try scene.text(Self.note) == "mine")
                    try scene.put("", "inbox/dealers/batch.ready")
                    try await service.live { !$0.delivered.isEmpty }
                }
                #expect(try scene.results() == Scene.set("dealers"))
                #expect(try scene.text(Self.note) == "mine")
            }
        }

        @Test("where the inbox refuses writing, the note stands in the outbox until it is mended")
        func readOnlyInbox() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene) {
                    $0.inbox = Refusal { if case .create = $0 { .readOnlyFileSystem } else { nil } }
                }
                try await service.whileRunning {
                    try await Self.dropBroken(service)
                    try await service.live { _ in try scene.text("outbox/dealers.batch.ready.error.txt") != nil }
                }
                // one of an earlier run goes, too
                let next = try Self.service(scene)
                try await next.whileRunning {
                    try await next.live { _ in try scene.text(Self.note) != nil }
                    #expect(try scene.text("outbox/dealers.batch.ready.error.txt") == nil)
                }
            }
        }

        @Test(
            "of two services with one outbox each keeps its own notes, and long names that begin alike don't share one")
        func sharedOutbox() async throws {
            try await Scene.with { scene in
                let long = String(repeating: "dealer", count: 12)
                let other = try Self.otherNote(scene, "dealers")
                let service = try Self.service(scene) {
                    $0.inbox = Refusal { if case .create = $0 { .readOnlyFileSystem } else { nil } }
                }
                let notes = { @Sendable in try scene.files(below: ["outbox"]).filter { $0.key.hasSuffix(".error.txt") }
                }
                try await service.whileRunning {
                    try await service.drop([
                        "\(long) 1/batch.ready": "titel: A\n", "\(long) 2/batch.ready": "titel: B\n",
                        "dealers/batch.ready": "titel: C\n",
                    ])
                    try await service.live { $0.batches.count { $0.isHeld } == 3 }
                    try await service.live { _ in try notes().count == 4 }
                }
                let inbox = "\r\nIts inbox: \(scene.root.pushing("inbox"))\r\n"
                let ours = try notes().mapValues { String(decoding: $0, as: UTF8.self) }.filter {
                    $0.value.contains(inbox)
                }
                #expect(ours.count == 3)
                #expect(ours.keys.allSatisfy { $0.utf8.count <= 143 + "outbox/".utf8.count })
                #expect(try scene.text("outbox/dealers.batch.ready.error.txt") == other)
                // the next start removes those that nothing calls for, and no other
                try FileManager.default.removeItem(atPath: scene.root.pushing("inbox").string)
                try FileManager.default.createDirectory(
                    atPath: scene.root.pushing("inbox").string, withIntermediateDirectories: false)
                let next = try Self.service(scene)
                try await next.whileRunning { try await next.live { _ in try notes().count == 1 } }
                #expect(try scene.text("outbox/dealers.batch.ready.error.txt") == other)
            }
        }

        /// As another service leaves it in the same outbox.
        private static func otherNote(_ scene: Scene, _ batch: String) throws -> String {
            let text =
                "\u{FEFF}HeyGemWatch: the batch “\(batch)” is held. It is not delivered before this is mended:\r\n"
                + "Its inbox: /srv/other\r\n\r\n- \(batch)/batch.ready: line 1\r\n"
            try scene.put(text, "outbox/\(batch).batch.ready.error.txt")
            return text
        }

        @Test("markers that differ hold the batch, each with a note; with one of them gone it is delivered")
        func differ() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/one.png": "face", "dealers/one.wav": "one", "dealers/batch.ready": "title: A\n",
                        "dealers.batch": "title: B\n",
                    ])
                    try await service.live { $0.batches.first?.problems.map(\.code) == [.markersDiffer] }
                    try await service.live { _ in try scene.inputs().count { $0.hasSuffix(".error.txt") } == 2 }
                    try FileManager.default.removeItem(atPath: scene.root.pushing("inbox/dealers.batch").string)
                    try await service.live { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["A one ok"])
                #expect(try scene.inputs().filter { $0.hasSuffix(".error.txt") }.isEmpty)
            }
        }

        @Test("a bad items.csv holds the batch with its lines; mended, its rows count")
        func items() async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/a.png": "face", "dealers/one.wav": "one", "dealers/batch.ready": "",
                        "dealers/items.csv": "audio,avatar,name\none.wav,../a.png,Anna\n",
                    ])
                    try await service.live { $0.batches.first?.problems.map(\.code) == [.badItems] }
                    try await service.live { _ in try scene.text(Self.note)?.contains("line 2") == true }
                    try scene.put("audio;avatar;name;tags\none.wav;a.png;Anna;vip\n", "inbox/dealers/items.csv")
                    try await service.live { !$0.delivered.isEmpty }
                }
                #expect(try scene.rows() == ["dealers Anna ok vip"])
            }
        }

        @Test(
            "what is no marker in its content",
            arguments: [
                ("expect: many\n", "expect"), ("title: A\ntitle: B\n", "title"), ("[1, 2]\n", "line 1"),
                ("engine: heygem\n", "engine"), (String(repeating: "#", count: 70_000), "64"),
            ])
        func contents(content: String, word: String) async throws {
            try await Scene.with { scene in
                let service = try Self.service(scene)
                try await service.whileRunning {
                    try await service.drop(["a.wav": "one", "a.png": "face", "batch.ready": content])
                    try await service.live { $0.batches.first?.isHeld == true }
                    #expect(await service.status.batches.first?.problems.first?.text.contains(word) == true)
                }
            }
        }
    }
}
