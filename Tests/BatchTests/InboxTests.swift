import Batch
import Testing

@Suite struct InboxTests {
    @Test("a scenario gives its outcome in every order of its events", arguments: Scenario.all)
    func outcome(_ scenario: Scenario) {
        let expected = scenario.outcome.split(separator: "\n").map(String.init)
        for (index, order) in Orders.withinInstants(scenario.steps).enumerated() {
            var simulation = Simulation(rules: scenario.rules, renderTime: scenario.renders)
            simulation.run(order)
            guard simulation.outcome == expected else {
                report(simulation.outcome, expected, order)
                return
            }
            if index == 0, let log = scenario.log {
                #expect(simulation.log == log.split(separator: "\n").map(String.init))
            }
        }
        guard scenario.inAnyOrder else { return }
        for order in Orders.ofAll(scenario.steps) {
            var simulation = Simulation(rules: scenario.rules, renderTime: scenario.renders)
            simulation.run(order)
            guard timeless(simulation.outcome) == timeless(expected) else {
                report(simulation.outcome, expected, order)
                return
            }
        }
    }

    private func report(_ outcome: [String], _ expected: [String], _ order: [Scenario.Step]) {
        let steps = order.map { "\($0.verb) \($0.path)" }.joined(separator: ", ")
        Issue.record(
            """
            in the order \(steps)
            got
            \(outcome.joined(separator: "\n"))
            instead of
            \(expected.joined(separator: "\n"))
            """)
    }

    private func timeless(_ lines: [String]) -> [String] {
        lines.map { line in
            line.contains(" close ") ? String(line.drop { $0.isNumber || $0 == "." }) : line
        }
    }

    @Test("whatever happens, every file is in one place and what is rendered is wanted", arguments: 0..<20)
    func chaos(seed: Int) {
        let names =
            ["a.wav", "A.mp3", "a.png", "a.mp4", "a.face.json", "avatar.png", "Avatar.mp4", "avatar.face.json"]
            + ["batch.ready", "x.batch", "notes.doc", "items.csv"]
        let paths =
            ["d.batch", "D.batch.txt"] + ["", "d/", "D/", "d/vip/"].flatMap { folder in names.map { folder + $0 } }
        var random = SeededGenerator(seed: UInt64(seed))
        var simulation = Simulation(renderTime: .seconds(3))
        for _ in 0..<200 {
            let pause = [0, 0, 0, 100, 2000, 6000].randomElement(using: &random) ?? 0
            if pause > 0 { simulation.advance(to: simulation.now + .milliseconds(pause)) }
            let verb = [Scenario.Step.Verb.new, .set, .set, .set, .gone].randomElement(using: &random) ?? .new
            let path = paths.randomElement(using: &random) ?? ""
            simulation.take(.init(time: simulation.now, verb: verb, path: path))
        }
        for path in paths { simulation.take(.init(time: simulation.now, verb: .gone, path: path)) }
        #expect(simulation.inbox.isResting && simulation.outcome.allSatisfy { !$0.hasPrefix("open") })
    }
}
