import Batch

/// Pairs in the order in which they came; taking one costs the same however many wait.
struct PairLine {
    private var pairs: [Pair] = []
    private var taken = 0

    var isEmpty: Bool { taken == pairs.count }

    mutating func append(_ pair: Pair) { pairs.append(pair) }

    mutating func next() -> Pair? {
        guard taken < pairs.count else { return nil }
        defer {
            taken += 1
            // half of it is done with: moving the rest now costs each pair one move over all
            if taken * 2 > pairs.count {
                pairs.removeFirst(taken)
                taken = 0
            }
        }
        return pairs[taken]
    }
}
