import Render
import SystemPackage
import Testing

@Suite struct TimeLimitsTests {
    @Test(
        "slow is past 20 minutes or 40 times the audio, whatever is more; the end comes at three times that",
        arguments: [
            (nil, 1200), (0, 1200), (-1, 1200), (Double.nan, 1200), (30, 1200), (31, 1240), (3600, 144_000),
        ] as [(Double?, Int)])
    func defaults(audio: Double?, slow: Int) {
        let limits = TimeLimits()
        #expect(abs(limits.slow(audio: audio) / .seconds(1) - Double(slow)) < 1e-6)
        #expect(abs(limits.hard(audio: audio) / .seconds(1) - 3 * Double(slow)) < 1e-6)
    }

    @Test("an engine's bounds follow its limits, and its identity tells what changes the picture")
    func engine() {
        var limits = WorkerJob.Limits(audioSeconds: 7200, height: 720, background: "#ffffff")
        let worker = WorkerProcess(program: "/bin/true")
        let models = WorkerJob.Models(library: "", folder: "")
        let first = BuiltinEngine(worker: worker, models: models, limits: limits).identity
        #expect(
            first.settings.contains(
                "life=calm blinks=1.0 head_motion=1.0 breathing=1.0 brows=1.0 height=720 background=#FFFFFF"))
        limits.audioSeconds = 60
        #expect(BuiltinEngine(worker: worker, models: models, limits: limits).identity == first)
        limits.quality = .high
        #expect(BuiltinEngine(worker: worker, models: models, limits: limits).identity != first)
        limits.quality = .normal
        limits.height = 1080
        #expect(BuiltinEngine(worker: worker, models: models, limits: limits).identity != first)
    }

    @Test(
        "pictures of more rows get more memory, up to a bound", arguments: [(480, 2), (1080, 2), (2160, 8), (9999, 32)])
    func memory(height: Int, gigabytes: UInt64) {
        #expect(WorkerJob.Limits(height: height).memoryBytes >> 30 == gigabytes)
    }
}
