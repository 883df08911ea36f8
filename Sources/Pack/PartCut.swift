/// Cuts a row of things into parts that must not grow too large.
package enum PartCut {
    /// As few parts as there can be when each takes all that fits into it before the next begins. What fits nowhere is
    /// a part by itself.
    ///
    /// - Parameters:
    ///   - count: of things; without any there is one part, an empty one.
    ///   - fits: whether these can be one part; it has to hold for the first ones of whatever it holds for. It is asked
    ///     about ranges at most twice as long as those that fit, some log2(length) times each.
    package static func ranges<Failure: Error>(
        _ count: Int, _ fits: (Range<Int>) throws(Failure) -> Bool
    ) throws(Failure) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        repeat {
            let end = try end(of: start, count, fits)
            ranges.append(start..<end)
            start = end
        } while start < count
        return ranges
    }

    /// In steps that grow while they fit, and shrink from then on.
    private static func end<Failure: Error>(
        of start: Int, _ count: Int, _ fits: (Range<Int>) throws(Failure) -> Bool
    ) throws(Failure) -> Int {
        var end = min(start + 1, count)
        var step = 1
        while end + step <= count, try fits(start..<end + step) {
            end += step
            step *= 2
        }
        while step > 1 {
            step /= 2
            if end + step <= count, try fits(start..<end + step) { end += step }
        }
        return end
    }
}
