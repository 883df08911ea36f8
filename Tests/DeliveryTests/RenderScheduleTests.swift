import Batch
import Delivery
import Render
import SystemPackage
import Testing

@Suite struct RenderScheduleTests {
    /// As many pairs as asked for, all different.
    private static func pairs(_ count: Int) -> [Pair] {
        var machine = Inbox(rules: BatchRules())
        var pairs: [Pair] = []
        for number in 0..<count {
            for ending in ["wav", "png"] {
                let path = FilePath("batch/\(number).\(ending)")
                for case .render(let pair) in machine.handle(.settled(path), now: .zero) { pairs.append(pair) }
            }
        }
        return pairs
    }

    private static let content = RenderContent(
        audioSHA256: "a", avatarSHA256: "b", pointsSHA256: nil,
        engine: EngineIdentity(name: "stub", version: "1", settings: ""))

    /// - Parameter jobs: key, batch and number of each.
    private static func schedule(_ jobs: [(String, UInt64, UInt64)]) -> (RenderSchedule, [Pair]) {
        var schedule = RenderSchedule()
        let pairs = pairs(jobs.count)
        for (pair, job) in zip(pairs, jobs) {
            schedule.add(pair, content, key: job.0, order: .init(batch: job.1, number: job.2))
        }
        return (schedule, pairs)
    }

    @Test("the oldest batch comes first, and in it what was wanted first")
    func order() {
        var (schedule, _) = Self.schedule([("c", 2, 3), ("a", 1, 4), ("d", 2, 5), ("b", 1, 9)])
        var started: [String] = []
        while let key = schedule.start(limit: 4) { started.append(key) }
        #expect(started == ["a", "b", "c", "d"])
    }

    @Test("a render that an older batch needs too comes with it")
    func shared() {
        var (schedule, pairs) = Self.schedule([("new", 3, 1), ("other", 2, 2), ("new", 1, 3)])
        let starts = [schedule.start(limit: 1), schedule.start(limit: 1)]
        #expect(starts == ["new", nil])
        let ended = schedule.end("new")
        #expect(ended == [pairs[0], pairs[2]])
        let next = schedule.start(limit: 1)
        #expect(next == "other")
    }

    @Test("only what nobody else needs is dropped or cancelled")
    func removal() {
        var (schedule, pairs) = Self.schedule([("x", 1, 1), ("x", 1, 2), ("y", 1, 3)])
        let waiting = [schedule.remove(pairs[0]), schedule.remove(pairs[2])]
        #expect(waiting == [.nothing, .drop(key: "y")])
        _ = schedule.start(limit: 1)
        let running = [schedule.remove(pairs[1]), schedule.remove(pairs[1])]
        #expect(running == [.cancel(key: "x"), .nothing])
        let isWanted = schedule.requeue("x", isDelayed: false)
        #expect(!isWanted)
        #expect(schedule.jobs.isEmpty)
        #expect(schedule.runningCount == 0)
    }

    @Test("a delayed render leaves its place to others until its wait is over")
    func delay() {
        var (schedule, _) = Self.schedule([("x", 1, 1), ("y", 2, 2)])
        var starts = [schedule.start(limit: 1)]
        let isWanted = schedule.requeue("x", isDelayed: true)
        #expect(isWanted)
        starts += [schedule.start(limit: 2), schedule.start(limit: 2)]
        schedule.delayEnded("x")
        starts.append(schedule.start(limit: 2))
        #expect(starts == ["x", "y", nil, "x"])
    }
}
