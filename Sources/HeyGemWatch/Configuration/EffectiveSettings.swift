import StrictYAML
import SystemPackage
import Words

/// The settings that hold, and where each comes from.
package struct EffectiveSettings: Sendable {
    package var settings: Settings
    let sources: [String: Source]

    struct Source: Sendable {
        let value: SettingValue
        let origin: Origin
    }

    package enum Origin: Sendable, Equatable {
        case standard
        case file(String, line: Int)
        case variable(String)
        case flag(String)

        func problem(key: String, words: Phrase) -> ConfigurationProblem {
            switch self {
            case .standard: ConfigurationProblem(file: "default", key: key, words: words)
            case .file(let name, let line): ConfigurationProblem(file: name, line: line, key: key, words: words)
            case .variable(let name): ConfigurationProblem(file: name, words: words)
            case .flag: ConfigurationProblem(file: text, words: words)
            }
        }

        var text: String {
            switch self {
            case .standard: "default"
            case .file(let name, let line): "\(name), line \(line)"
            case .variable(let name): "environment variable \(name)"
            case .flag(let key): "flag --\(key.replacing("_", with: "-"))"
            }
        }
    }

    package func origin(of key: String) -> Origin { sources[key]?.origin ?? .standard }

    /// A configuration file that gives the same settings, each line with where its value comes from.
    package var lines: [String] {
        var lines = ["# What holds now, and where it comes from; can be used as heygem-watch.yaml"]
        for group in Settings.groups {
            lines += ["", "# \(group.title)"]
            let entries = group.keys.map { (entry: entry($0), origin: origin(of: $0.name).text) }
            let width = entries.map(\.entry.count).filter { $0 <= Self.widest }.max() ?? 0
            lines += entries.map { entry, origin in
                let gap = String(repeating: " ", count: max(0, width - entry.count))
                return "\(entry)\(gap)  # \(origin.printable)"
            }
        }
        return lines
    }

    /// Longer entries don't push the others' origins away.
    private static let widest = 60

    private func entry(_ key: SettingKey) -> String {
        if let source = sources[key.name] { return "\(key.name): \(source.value.yaml)" }
        if key.name == "state", let state = settings.state {
            return "\(key.name): \(SettingValue(text: state.string).yaml)"
        }
        switch key.standard {
        case .value(let text): return "\(key.name): \(text)"
        case .words(let words, _): return "# \(key.name): \(words)"
        }
    }
}

extension String {
    /// A file's name in a comment must not end it.
    fileprivate var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
