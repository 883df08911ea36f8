package import StrictYAML
import SystemPackage

/// Puts the settings together: defaults, then the file, then the environment, then flags; the later wins.
package enum SettingsReader {
    /// - Parameters:
    ///   - file: name (for messages) and text of the configuration file, if there is one.
    ///   - environment: `HEYGEM_WATCH_SETTLE=3s` sets `settle`; other variables are not looked at.
    ///   - flags: keys given on the command line.
    package static func settings(
        file: (name: String, text: String)?, environment: [String: String], flags: [String: String]
    ) throws(ConfigurationProblem) -> Settings {
        var settings = Settings()
        if let file {
            let known = Set(Settings.keys.map(\.name))
            for entry in try StrictYAML.entries(of: file.text, file: file.name, known: known) {
                try apply(entry.value, to: entry.key, of: &settings, place: file.name, line: entry.line)
            }
        }
        let variables = Set(Settings.keys.map { prefix + $0.name.uppercased() })
        if let unknown = environment.keys.filter({ $0.hasPrefix(prefix) && !variables.contains($0) }).min() {
            throw ConfigurationProblem(file: unknown, message: "there is no such setting")
        }
        for key in Settings.keys {
            let variable = prefix + key.name.uppercased()
            if let text = environment[variable] {
                try apply(ScalarText(text: text), to: key.name, of: &settings, place: variable)
            }
            if let text = flags[key.name] {
                try apply(ScalarText(text: text), to: key.name, of: &settings, place: "command line")
            }
        }
        return settings
    }

    private static let prefix = "HEYGEM_WATCH_"

    private static func apply(
        _ value: ScalarText, to name: String, of settings: inout Settings, place: String, line: Int? = nil
    ) throws(ConfigurationProblem) {
        guard let key = Settings.keys.first(where: { $0.name == name }) else { return }
        do {
            try key.apply(value, &settings)
        } catch {
            throw ConfigurationProblem(file: place, line: line, key: name, message: error.message)
        }
    }
}
