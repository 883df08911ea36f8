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
}
