/// The names that a kind of marker may have: `batch.ready`, `*.batch`. Compared without case; `*` stands for any text, `?` for one
/// character; `.txt` behind the name does not matter, for Windows' editors add it.
package struct NamePattern: Hashable, Sendable {
    /// As it was written.
    package let glob: String
    private let units: [Unit]

    private enum Unit: Hashable {
        case any
        case one
        /// A character, folded.
        case letter([UInt8])
    }

    /// A character of a name, or a byte of one that is not UTF-8.
    private struct Letter {
        let folded: [UInt8]
        let bytes: [UInt8]
    }

    /// - Returns: nil for an empty pattern, one with `/`, and one that would take media or manifests for markers (`*`, `*.wav`).
    package init?(_ glob: String) {
        guard !glob.isEmpty, glob.utf8.count <= 255,
            !glob.utf8.contains(where: { [0, UInt8(ascii: "/")].contains($0) })
        else { return nil }
        self.glob = glob
        units = glob.map {
            switch $0 {
            case "*": .any
            case "?": .one
            default: .letter(FoldedName.fold(Array($0.utf8)))
            }
        }
        let ofOthers = FileRole.audioEndings.union(FileRole.avatarEndings).union(["face.json"]).map { "x.\($0)" }
        guard !(ofOthers + ["items.csv", "sha256sums"]).contains(where: { match(Array($0.utf8)) != nil })
        else { return nil }
    }

    /// What the first `*` stands for, which is the marker's stem: empty for a pattern without one; nil for other names.
    package func match(_ name: [UInt8]) -> [UInt8]? {
        if let stem = matchWhole(name[...]) { return stem }
        let ending = Array(".txt".utf8)
        guard name.count > ending.count, name.suffix(ending.count).map(FoldedName.lowercaseASCII) == ending
        else { return nil }
        return matchWhole(name.dropLast(ending.count))
    }

    private func matchWhole(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        // most names are those of media and told by their last letter
        if case .letter(let last)? = units.last, last.count == 1, let end = name.last, end < 0x80,
            FoldedName.lowercaseASCII(end) != last[0]
        {
            return nil
        }
        let letters = Self.letters(of: name)
        guard let star = units.firstIndex(of: .any) else {
            return Self.fits(units[...], letters[...]) ? [] : nil
        }
        guard letters.count >= star, Self.fits(units[..<star], letters[..<star]) else { return nil }
        for end in star...letters.count where Self.fits(units[(star + 1)...], letters[end...]) {
            return letters[star..<end].flatMap(\.bytes)
        }
        return nil
    }

    /// The usual way to match globs: at a mismatch the last `*` takes one letter more.
    private static func fits(_ units: ArraySlice<Unit>, _ letters: ArraySlice<Letter>) -> Bool {
        var (unit, letter) = (units.startIndex, letters.startIndex)
        var star: (unit: Int, letter: Int)?
        while letter < letters.endIndex {
            if unit < units.endIndex, units[unit] == .any {
                star = (unit, letter)
                unit += 1
            } else if unit < units.endIndex, units[unit] == .one || units[unit] == .letter(letters[letter].folded) {
                (unit, letter) = (unit + 1, letter + 1)
            } else if let last = star {
                star = (last.unit, last.letter + 1)
                (unit, letter) = (last.unit + 1, last.letter + 1)
            } else {
                return false
            }
        }
        return units[unit...].allSatisfy { $0 == .any }
    }

    private static func letters(of name: ArraySlice<UInt8>) -> [Letter] {
        guard name.contains(where: { $0 >= 0x80 }), let text = String(validating: name, as: UTF8.self) else {
            return name.map { Letter(folded: [FoldedName.lowercaseASCII($0)], bytes: [$0]) }
        }
        return text.map { Letter(folded: FoldedName.fold(Array($0.utf8)), bytes: Array($0.utf8)) }
    }
}
