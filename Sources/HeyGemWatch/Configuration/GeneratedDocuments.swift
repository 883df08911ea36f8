import Words

/// The parts of the documents that are made from the tables of settings and of reasons.
package enum GeneratedDocuments {
    /// In README between `<!-- settings: … -->` and `<!-- /settings -->`.
    package static var settingsTable: String {
        let rows = Settings.keys.map { "| `\($0.name)` | \($0.meaning) | \($0.values) | \($0.standardText) |" }
        return (["| key | meaning | values | default |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// In README between `<!-- reasons: … -->` and `<!-- /reasons -->`; in braces what the case at hand fills in.
    package static var reasonsTable: String {
        let rows = Reason.allCases.map { reason in
            "| `\(reason.rawValue)` | \(reason.consequence.rawValue) | \(reason.sentence.en) | \(reason.sentence.zh) |"
        }
        return (["| code | status | sentence | 中文 |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// `heygem-watch.example.yaml`: what must be given, and every default as a comment.
    package static var example: String {
        var lines = [
            "# All settings of HeyGemWatch. Copy this file to heygem-watch.yaml and change what you need;",
            "# take the # before a line away to set it. Each also is an environment variable: HEYGEM_WATCH_SETTLE=3s.",
            "# Times: 500ms, 3s, 5min, 24h, 14d. Sizes: 500MB, 1GB (10^9), 1GiB (2^30).",
        ]
        for group in Settings.groups {
            lines += ["", "# \(group.title)", ""]
            for key in group.keys { lines += exampleLines(key) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func exampleLines(_ key: SettingKey) -> [String] {
        let words = "# \(key.meaning) (\(key.values))"
        switch key.standard {
        case .value(let text): return [words, "#\(key.name): \(text)"]
        case .words("must be given", let sample): return [words, "\(key.name): \(sample)"]
        case .words(let standard, let sample): return ["\(words); without it: \(standard)", "#\(key.name): \(sample)"]
        }
    }

    /// README's text with both tables as they are now.
    ///
    /// - Returns: nil where the marks of a table are missing.
    package static func readme(_ text: String) -> String? {
        replacing("settings", in: text, with: settingsTable)
            .flatMap { replacing("reasons", in: $0, with: reasonsTable) }
    }

    private static func replacing(_ name: String, in text: String, with table: String) -> String? {
        guard let start = text.firstRange(of: "<!-- \(name):"),
            let line = text[start.lowerBound...].firstIndex(of: "\n"),
            let end = text[line...].firstRange(of: "<!-- /\(name) -->")
        else { return nil }
        return text[...line] + table + "\n" + text[end.lowerBound...]
    }
}
