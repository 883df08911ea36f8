package import Words

/// What is said of a name that nobody knows.
package enum Spelling {
    /// Names the one that was probably meant, else all.
    package static func unknown(_ name: String, known: [String]) -> Phrase {
        if let near = nearest(to: name, among: known) {
            return Phrase("unknown; probably “\(near)” is meant", zh: "未知；可能应为“\(near)”")
        }
        let all = known.joined(separator: ", ")
        return Phrase("unknown; known are \(all)", zh: "未知；可用的有 \(all)")
    }

    /// The one that was probably meant: at most two letters differ, capitals don't count. A name of one or two letters
    /// could be anything.
    package static func nearest(to name: String, among known: [String]) -> String? {
        guard name.count > 2 else { return nil }
        let near = known.map { (name: $0, distance: distance(Array(name.lowercased()), Array($0.lowercased()))) }
            .min { $0.distance < $1.distance }
        return near.flatMap { $0.distance <= 2 ? $0.name : nil }
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein's distance).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
