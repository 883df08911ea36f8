import Delivery
import Foundation
import SystemPackage
import Testing
import Words

extension VirtualTime {
    @Suite(.timeLimit(.minutes(2))) struct SlowTests {
        @Test("a render that takes longer than usual is told with what it waits for, and logged once")
        func slowRender() async throws {
            try await Scene.with { scene in
                var options = RunningService.Options()
                options.clock = VirtualClock()
                let log = TestLog()
                options.log = log
                let service = try RunningService(scene, options)
                try await service.whileRunning {
                    try await service.drop(["dealers/one.wav": "slow", "dealers/one.png": "face"])
                    try await service.live { $0.running.first?.frames == 7000 }
                    // 40 times the audio's 60 s
                    try await service.live(for: .seconds(2390))
                    #expect(await service.status.running.first?.isSlow == false)
                    try await service.live(within: .seconds(30)) { $0.running.first?.isSlow == true }
                    let text = await service.status.text(isRunning: true, timeZone: .gmt)
                    #expect(
                        text.contains(
                            "dealers / one: has been rendering for 40 min, longer than usual: frame 120 of 7000, last progress 40 min ago"
                        ))
                    let chinese = await service.status.text(isRunning: true, timeZone: .gmt, language: .zh)
                    #expect(chinese.contains("dealers / one：已渲染 40 分钟，超出正常时间：第 120 帧，共 7000 帧，上次进展在 40 分钟前"))
                }
                #expect(log.lines.count { $0.hasPrefix("warning rendering takes long") } == 1)
            }
        }

        @Test("a pack that takes longer than usual is told with how far it is")
        func slowPack() {
            var status = ServiceStatus(process: 1, started: Scene.date, changed: Scene.date)
            var packing = ServiceStatus.Delivering(batch: "july", waitsFor: "")
            packing.progress = "40 % written"
            packing.seconds = 400
            status.delivering = [packing]
            #expect(status.text(isRunning: true, timeZone: .gmt).contains("  july: 40 % written\n"))
            status.delivering[0].isSlow = true
            let text = status.text(isRunning: true, timeZone: .gmt)
            #expect(text.contains("  july: has been packing for 7 min, longer than usual; 40 % written\n"))
        }

        @Test("the status is written anew without an event only while something renders")
        func busy() {
            var status = ServiceStatus(process: 1, started: Scene.date, changed: Scene.date)
            status.delivering = [ServiceStatus.Delivering(batch: "july", waitsFor: "the outbox is full")]
            status.batches = [
                ServiceStatus.OpenBatch(
                    name: "may", items: 0, ended: 0, bad: 0, unpaired: [], copying: 1, hasMarker: false, waitsFor: "")
            ]
            #expect(!status.isBusy)
            status.running = [
                ServiceStatus.RunningItem(batch: "may", item: "one", frame: 0, frames: 0, started: Scene.date)
            ]
            #expect(status.isBusy)
        }

        @Test("an engine that gave up and is asked again leaves a line in the log")
        func retriedAttempt() async throws {
            try await Scene.with { scene in
                var options = RunningService.Options()
                options.clock = VirtualClock()
                options.language = .zh
                let log = TestLog()
                options.log = log
                let service = try RunningService(scene, options)
                try await service.whileRunning {
                    try await service.drop(["dealers/one.wav": "fail", "dealers/one.png": "face"])
                    try await service.live { $0.batches.first?.bad == 1 }
                }
                let again = log.lines.filter { $0.hasPrefix("warning trying again") }
                #expect(again.count == 2)
                #expect(again.first?.contains("in=5 s") == true)
                #expect(again.first?.contains("无法生成视频") == true)
                #expect(log.lines.count { $0.hasPrefix("warning no video") } == 1)
            }
        }
    }
}
