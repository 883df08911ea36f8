import StrictYAML

/// One key of the configuration: how its text becomes a setting, and what README and the example say about it.
package struct SettingKey: Sendable {
    package var name: String
    package var meaning: String
    /// Which values it takes, in words.
    package var values: String
    package var standard: Standard
    let apply: @Sendable (_ value: SettingValue, _ settings: inout Settings) throws(SettingProblem) -> Void

    /// What holds when nobody sets it.
    package enum Standard: Sendable {
        /// As it would be written in the configuration file.
        case value(String)
        /// Nothing is set, or it is found out; in words, with a sample for the example file.
        case words(String, sample: String)
    }

    /// In README's table.
    package var standardText: String {
        switch standard {
        case .value(let text): "`\(text)`"
        case .words(let words, _): words
        }
    }

    static func value(
        _ name: String, _ meaning: String, _ values: String, is standard: String,
        apply: @escaping @Sendable (SettingValue, inout Settings) throws(SettingProblem) -> Void
    ) -> SettingKey {
        SettingKey(name: name, meaning: meaning, values: values, standard: .value(standard), apply: apply)
    }

    static func words(
        _ name: String, _ meaning: String, _ values: String, is standard: String, sample: String,
        apply: @escaping @Sendable (SettingValue, inout Settings) throws(SettingProblem) -> Void
    ) -> SettingKey {
        SettingKey(
            name: name, meaning: meaning, values: values, standard: .words(standard, sample: sample), apply: apply)
    }
}

/// Keys that belong together.
package struct SettingGroup: Sendable {
    package var title: String
    package var keys: [SettingKey]
}
