package import SystemPackage

/// What is wrong with one value, in words that follow the key's name.
package struct SettingProblem: Error, Equatable {
    package var message: String

    package init(message: String) { self.message = message }
}

/// The text of one value, from the file, the environment or a flag, and how it is read as something else.
package struct ScalarText: Equatable {
    package var text: String

    package init(text: String) {
        self.text = text
    }

    package func path() throws(SettingProblem) -> FilePath {
        guard !text.isEmpty else { throw SettingProblem(message: "needs the path of a folder") }
        return FilePath(text)
    }

    package func integer(in range: ClosedRange<Int>) throws(SettingProblem) -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw SettingProblem(
                message: "needs a whole number from \(range.lowerBound) to \(range.upperBound), not “\(text)”")
        }
        return value
    }

    package func boolean() throws(SettingProblem) -> Bool {
        switch text {
        case "true": true
        case "false": false
        default: throw SettingProblem(message: "needs true or false, not “\(text)”")
        }
    }

    package func choice(of choices: [String]) throws(SettingProblem) -> String {
        guard choices.contains(text) else {
            throw SettingProblem(message: "needs one of \(choices.joined(separator: ", ")), not “\(text)”")
        }
        return text
    }

    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _: Choice.Type
    ) throws(SettingProblem) -> Choice {
        let name = try choice(of: Choice.allCases.map(\.rawValue))
        guard let choice = Choice(rawValue: name) else { throw SettingProblem(message: "needs another value") }
        return choice
    }

    /// A number with a unit: `500ms`, `3s`, `5min`, `24h`, `14d`; fractions are fine.
    package func duration(atLeast least: Duration = .zero) throws(SettingProblem) -> Duration {
        let units: [(suffix: String, seconds: Double)] = [
            ("ms", 0.001), ("min", 60), ("s", 1), ("h", 3600), ("d", 86_400),
        ]
        for unit in units where text.hasSuffix(unit.suffix) {
            let number = text.dropLast(unit.suffix.count)
            // at most ten years: far from what Duration can't hold
            if let value = Double(number), value >= 0, value * unit.seconds < 3.2e8 {
                guard .seconds(value * unit.seconds) >= least else {
                    throw SettingProblem(message: "needs at least \(least), not “\(text)”")
                }
                return .seconds(value * unit.seconds)
            }
        }
        throw SettingProblem(message: "needs a time with its unit, such as 500ms, 3s, 5min, 24h or 14d, not “\(text)”")
    }
}
