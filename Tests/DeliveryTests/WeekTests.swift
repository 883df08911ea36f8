import Delivery
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    /// A week on one share, by a virtual clock: what people do each day, and what they find afterwards.
    @Suite(.timeLimit(.minutes(5))) struct WeekTests {
        /// Monday, 2025-12-15, 9 o'clock UTC.
        private static let monday = Date(timeIntervalSince1970: 1_765_789_200)

        @Test(
            "Monday a folder, Tuesday late files, Wednesday a broken marker, Thursday a retry, Friday what had failed")
        func week() async throws {
            try await Scene.with { scene in
                let engine = StubEngine()
                let clock = VirtualClock()
                var options = RunningService.Options(engine: engine, clock: clock)
                options.begin = Self.monday
                let service = try RunningService(scene, options)
                var diary = WeekDiary(scene: scene)
                try await service.whileRunning {
                    try await Self.onMonday(service, &diary)
                    try await Self.sleep(service, clock, days: 1)
                    try await Self.onTuesday(service, &diary)
                    try await Self.sleep(service, clock, days: 2)
                    try await Self.onWednesday(service, scene, &diary)
                    try await Self.sleep(service, clock, days: 3)
                    engine.mend()
                    try await Self.onThursday(service, &diary)
                    try await Self.sleep(service, clock, days: 4)
                    try await Self.onFriday(service, scene, &diary)
                }
                Attachment.record(diary.text, named: "week.txt")
                #expect(diary.text == WeekDiary.expected)
                let ledger = try scene.ledger()
                let events = try await ledger.history(limit: 100).map(\.event)
                #expect(events.count { $0 == .delivered } == 5)
                #expect(events.count { $0 == .retried } == 1)
            }
        }

        /// Until 9 o'clock of another day.
        private static func sleep(_ service: RunningService, _ clock: VirtualClock, days: Int) async throws {
            try await service.live(for: .seconds(days * 86_400) - clock.now.offset)
        }

        private static func onMonday(_ service: RunningService, _ diary: inout WeekDiary) async throws {
            try await service.drop([
                "dealers/avatar.png": "face", "dealers/001 Anna.wav": "Good morning",
                "dealers/002 Bob.wav": "fail: Hello",
                "dealers/003 Carla.wav": "reject: silence",
            ])
            try await service.live { $0.batches.first?.ended == 3 }
            try diary.note("Monday: a folder with three audios and one face; no marker yet", await service.status)
            try await service.drop(["dealers/batch.ready": "title: Dealers on Monday\ntags: [winter]\noperator: Eva\n"])
            try await service.live { $0.delivered.count == 1 && $0.delivering.isEmpty }
            try diary.note("Monday: the marker", await service.status)
        }

        private static func onTuesday(_ service: RunningService, _ diary: inout WeekDiary) async throws {
            try await service.drop(["dealers/004 Dora.wav": "Too late for Monday"])
            try await service.live(for: .seconds(3600))
            try diary.note("Tuesday: a late file in the same folder", await service.status)
            try await service.drop(["dealers/avatar.png": "face", "dealers/batch.ready": ""])
            try await service.live { $0.delivered.count == 2 && $0.delivering.isEmpty }
            try diary.note("Tuesday: a face and a marker for it", await service.status)
        }

        private static func onWednesday(
            _ service: RunningService, _ scene: Scene, _ diary: inout WeekDiary
        ) async throws {
            try await service.drop([
                "news/today.wav": "Snow", "news/today.mp4": "moving face", "news/batch.ready": "titel: News\n",
            ])
            try await service.live { $0.batches.first?.isHeld == true && $0.batches.first?.ended == 1 }
            try await service.live(for: .seconds(3600))
            try diary.note("Wednesday: a marker with a spelling mistake", await service.status)
            diary.quote(try scene.text("inbox/news/batch.ready.error.txt") ?? "nothing")
            try scene.put("title: News\n", "inbox/news/batch.ready")
            try await service.live { $0.delivered.count == 3 && $0.delivering.isEmpty }
            try diary.note("Wednesday: the marker is mended", await service.status)
        }

        private static func onThursday(_ service: RunningService, _ diary: inout WeekDiary) async throws {
            let answer = try await service.ask(.retry(batch: "Dealers on Monday", item: "002 Bob"), until: .done)
            try await service.live { $0.delivered.count == 4 && $0.delivering.isEmpty && $0.retries.isEmpty }
            try diary.note("Thursday: heygem-watch retry \"Dealers on Monday\" \"002 Bob\"", await service.status)
            diary.quote(answer.words.en)
        }

        private static func onFriday(_ service: RunningService, _ scene: Scene, _ diary: inout WeekDiary) async throws {
            let failed = scene.root.pushing("inbox/_failed")
            let names = try FileManager.default.contentsOfDirectory(atPath: failed.string).sorted()
            let last = failed.appending(try #require(names.last))
            try Data("Now with words".utf8).write(to: URL(fileURLWithPath: last.appending("003 Carla.wav").string))
            try FileManager.default.moveItem(
                atPath: last.string, toPath: scene.root.pushing("inbox/dealers once more").string)
            try await service.live { $0.delivered.count == 5 && $0.delivering.isEmpty }
            try await service.live(for: .seconds(3600))
            try diary.note("Friday: what had failed, corrected and dropped again as it was", await service.status)
        }
    }
}
