/// The orders in which a scenario's steps may come.
enum Orders {
    /// As many as a scenario is run in at most each way; past it the choice is seeded.
    static let most = 60

    /// Every order of the steps of each instant; a seeded choice where there are too many. The written one is the first.
    static func withinInstants(_ steps: [Scenario.Step]) -> [[Scenario.Step]] {
        let instants = Dictionary(grouping: steps.indices) { steps[$0].time }
        let count = instants.values.reduce(1) { product, instant in
            min(most + 1, (1...instant.count).reduce(product) { min(most + 1, $0 * $1) })
        }
        if count <= most {
            return instants.values.reduce([steps]) { orders, places in
                orders.flatMap { order in
                    permutations(places).map { permuted in
                        var order = order
                        for (to, from) in zip(places, permuted) { order[to] = steps[from] }
                        return keepingPathOrder(order, as: steps)
                    }
                }
            }
        }
        var random = SeededGenerator(seed: UInt64(steps.count))
        return [steps]
            + (1..<most).map { _ in
                var order = steps
                for places in instants.values.sorted(by: { $0[0] < $1[0] }) {
                    for (to, from) in zip(places, places.shuffled(using: &random)) { order[to] = steps[from] }
                }
                return keepingPathOrder(order, as: steps)
            }
    }

    /// Shuffles of all steps, a tenth of a second apart, so that no quiet lies between them.
    static func ofAll(_ steps: [Scenario.Step]) -> [[Scenario.Step]] {
        var random = SeededGenerator(seed: 7)
        return (0..<most).map { _ in
            var order = keepingPathOrder(steps.shuffled(using: &random), as: steps)
            for index in order.indices { order[index].time = .milliseconds(100 * index) }
            return order
        }
    }

    /// What happens to one file keeps its order.
    private static func keepingPathOrder(_ order: [Scenario.Step], as steps: [Scenario.Step]) -> [Scenario.Step] {
        var rest = Dictionary(grouping: steps, by: \.path).mapValues { $0[...] }
        return order.map { rest[$0.path]?.popFirst() ?? $0 }
    }

    private static func permutations(_ items: [Int]) -> [[Int]] {
        guard let first = items.first else { return [[]] }
        return permutations(Array(items.dropFirst())).flatMap { rest in
            (0...rest.count).map { place in
                var permuted = rest
                permuted.insert(first, at: place)
                return permuted
            }
        }
    }
}

/// SplitMix64, so that a failure comes again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
