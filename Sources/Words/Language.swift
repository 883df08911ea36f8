/// The languages that people are spoken to in.
package enum Language: String, CaseIterable, Codable, Sendable {
    case en, zh

    /// Of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set), English for all that we don't speak.
    package init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.hasPrefix("zh") == true ? .zh : .en
    }
}
