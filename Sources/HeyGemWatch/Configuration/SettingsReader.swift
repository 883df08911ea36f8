package import StrictYAML
import SystemPackage
import Words

/// Puts the settings together: defaults, then the file, then the environment, then flags; the later wins.
package struct SettingsReader {
    private var settings = Settings()
    private var sources: [String: EffectiveSettings.Source] = [:]

    /// - Parameters:
    ///   - file: name (for messages) and bytes of the configuration file, if there is one.
    ///   - environment: `HEYGEM_WATCH_SETTLE=3s` sets `settle`; an empty variable and all others are not looked at.
    ///   - flags: keys given on the command line.
    package static func settings(
        file: (name: String, bytes: [UInt8])?, environment: [String: String], flags: [String: String]
    ) throws(ConfigurationProblem) -> EffectiveSettings {
        var reader = SettingsReader()
        if let file { try reader.take(file: file) }
        try reader.take(environment: environment)
        for key in Settings.keys {
            guard let text = flags[key.name] else { continue }
            try reader.apply(SettingValue(text: text), to: key, from: .flag(key.name))
        }
        try reader.checkTogether()
        if reader.settings.state == nil { reader.settings.state = standardState(environment) }
        return EffectiveSettings(settings: reader.settings, sources: reader.sources)
    }

    private mutating func take(file: (name: String, bytes: [UInt8])) throws(ConfigurationProblem) {
        let known = Settings.keys.map(\.name)
        for entry in try StrictYAML.entries(of: file.bytes, file: file.name, known: known) {
            guard let key = Settings.keys.first(where: { $0.name == entry.key }) else { continue }
            try apply(entry.value, to: key, from: .file(file.name, line: entry.line))
        }
    }

    private mutating func take(environment: [String: String]) throws(ConfigurationProblem) {
        let variables = Dictionary(uniqueKeysWithValues: Settings.keys.map { (Self.prefix + $0.name.uppercased(), $0) })
        for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix(Self.prefix) {
            guard let key = variables[variable] else {
                let words = Spelling.unknown(variable, known: variables.keys.sorted())
                throw ConfigurationProblem(file: variable, words: words)
            }
            let value = SettingValue(text: text)
            if !value.isBlank { try apply(value, to: key, from: .variable(variable)) }
        }
    }

    private static let prefix = "HEYGEM_WATCH_"

    private mutating func apply(
        _ value: SettingValue, to key: SettingKey, from origin: EffectiveSettings.Origin
    ) throws(ConfigurationProblem) {
        do throws(SettingProblem) {
            guard !value.isBlank else {
                throw SettingProblem("has no value; give one, or remove the line", zh: "没有值；请填写，或删除此行")
            }
            try key.apply(value, &settings)
            sources[key.name] = EffectiveSettings.Source(value: value, origin: origin)
        } catch {
            throw origin.problem(key: key.name, words: error.words)
        }
    }

    /// What each value allows and all together don't.
    private func checkTogether() throws(ConfigurationProblem) {
        if let closeAfter = settings.closeAfter,
            closeAfter < max(settings.settle ?? .zero, settings.folderQuiet ?? .zero)
        {
            throw (sources["close_after"]?.origin ?? .standard).problem(
                key: "close_after",
                words: Phrase("can't be shorter than settle and folder_quiet", zh: "不能短于 settle 和 folder_quiet"))
        }
    }

    /// Where the XDG specification puts what a program has to keep.
    static func standardState(_ environment: [String: String]) -> FilePath {
        let base = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : FilePath($0) }
        let home = FilePath(environment["HOME"] ?? "/var/lib")
        return (base ?? home.appending(".local").appending("state")).appending("heygem-watch")
    }
}
