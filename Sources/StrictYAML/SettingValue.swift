package import SystemPackage

/// One value as it is written in a file, a variable or a flag, and how it is read as something else.
package struct SettingValue: Equatable, Sendable {
    /// One text, or the elements of a list.
    let texts: [String]
    let isList: Bool

    package init(text: String) {
        (texts, isList) = ([text], false)
    }

    package init(list: [String]) {
        (texts, isList) = (list, true)
    }

    /// The single text.
    package func text() throws(SettingProblem) -> String {
        guard !isList, let text = texts.first else { throw SettingProblem("needs a single value", zh: "需要单个值") }
        return text
    }

    /// Whether nothing but blanks is there.
    package var isBlank: Bool { texts.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// The elements of a list, or of one text with `,` or `;` between them, which people also type full-width.
    /// Without blanks around, without empty ones, each once.
    package func list() -> [String] {
        var seen: Set<String> = []
        return texts.flatMap { $0.split { ",;，；、".contains($0) || $0.isNewline } }
            .map { String($0.trimmingBlanks()) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    package func path() throws(SettingProblem) -> FilePath {
        let text = try text()
        guard !isBlank else { throw SettingProblem("needs a path", zh: "需要一个路径") }
        guard !text.utf8.contains(0) else { throw SettingProblem("has a NUL character", zh: "含有 NUL 字符") }
        return FilePath(text)
    }

    package func integer(in range: ClosedRange<Int>) throws(SettingProblem) -> Int {
        let text = try text()
        guard let value = Int(text), range.contains(value) else {
            let (least, most) = (range.lowerBound, range.upperBound)
            throw most == .max
                ? SettingProblem(
                    "needs a whole number, at least \(least), not “\(text)”", zh: "需要不小于 \(least) 的整数，而不是“\(text)”")
                : SettingProblem(
                    "needs a whole number from \(least) to \(most), not “\(text)”",
                    zh: "需要 \(least) 到 \(most) 之间的整数，而不是“\(text)”")
        }
        return value
    }

    /// A number; fractions are fine.
    package func number(in range: ClosedRange<Double>) throws(SettingProblem) -> Double {
        let text = try text()
        guard let value = Double(text), range.contains(value) else {
            let (least, most) = (plain(range.lowerBound), plain(range.upperBound))
            throw SettingProblem(
                "needs a number from \(least) to \(most), not “\(text)”", zh: "需要 \(least) 到 \(most) 之间的数，而不是“\(text)”")
        }
        return value
    }

    package func boolean() throws(SettingProblem) -> Bool {
        let text = try text()
        switch text.lowercased() {
        case "true", "on", "yes": return true
        case "false", "off", "no": return false
        default: throw SettingProblem("needs true or false, not “\(text)”", zh: "需要 true 或 false，而不是“\(text)”")
        }
    }

    package func choice(of choices: [String]) throws(SettingProblem) -> String {
        let text = try text()
        guard choices.contains(text) else {
            let all = choices.joined(separator: ", ")
            guard choices.count > 1 else {
                throw SettingProblem("needs \(all), not “\(text)”", zh: "需要 \(all)，而不是“\(text)”")
            }
            throw SettingProblem("needs one of \(all), not “\(text)”", zh: "需要 \(all) 之一，而不是“\(text)”")
        }
        return text
    }

    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _: Choice.Type
    ) throws(SettingProblem) -> Choice {
        let name = try choice(of: Choice.allCases.map(\.rawValue))
        guard let choice = Choice(rawValue: name) else {
            throw SettingProblem("needs another value", zh: "需要其他值")
        }
        return choice
    }
}

extension StringProtocol {
    func trimmingBlanks() -> SubSequence {
        let front = drop(while: \.isWhitespace)
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front }
        return front[...last]
    }
}

/// `3` rather than `3.0`.
private func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
