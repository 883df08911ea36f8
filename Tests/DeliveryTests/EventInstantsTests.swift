import Delivery
import Testing

@Suite struct EventInstantsTests {
    /// Milliseconds at which events come, and the instants that they are given.
    struct Run: Sendable {
        var times: [Int]
        var instants: [Int]
        var isFirstScan = false
    }

    @Test(
        "events that come together are of one instant, which has an end",
        arguments: [
            Run(times: [0, 50, 120, 200], instants: [0, 0, 0, 0]),
            Run(times: [0, 50, 151, 200], instants: [0, 0, 151, 151]),
            Run(
                times: Array(stride(from: 0, through: 1100, by: 100)),
                instants: Array(repeating: 0, count: 11) + [1100]),
            Run(times: [0, 900, 5000], instants: [0, 0, 0], isFirstScan: true),
        ])
    func together(run: Run) {
        var instants = EventInstants()
        let given = run.times.map { instants.instant(at: .milliseconds($0), isFirstScan: run.isFirstScan) }
        #expect(given == run.instants.map { Duration.milliseconds($0) })
    }

    @Test("after a later time was told, a new instant begins")
    func ends() {
        var instants = EventInstants()
        #expect(instants.instant(at: .milliseconds(10), isFirstScan: false) == .milliseconds(10))
        instants.end()
        #expect(instants.instant(at: .milliseconds(20), isFirstScan: false) == .milliseconds(20))
    }
}
