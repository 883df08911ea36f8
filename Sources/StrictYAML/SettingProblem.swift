package import Words

/// What is wrong with one value, in words that follow the key's name.
package struct SettingProblem: Error, Equatable {
    package var words: Phrase

    package init(_ en: String, zh: String) {
        words = Phrase(en, zh: zh)
    }
}
