package import Words

/// Why a file of settings can't be used: says file, line and key.
package struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    /// What it is about: a file's name, an environment variable, the command line.
    package var file: String
    /// From 1.
    package var line: Int?
    package var key: String?
    package var words: Phrase

    package init(file: String, line: Int? = nil, key: String? = nil, words: Phrase) {
        (self.file, self.line, self.key, self.words) = (file, line, key, words)
    }

    /// Line, key and words, for a sentence that names the file itself.
    package var detail: Phrase {
        let place = line.map { Phrase("line \($0): ", zh: "第 \($0) 行：") } ?? Phrase(verbatim: "")
        let name = key.map { Phrase("\($0): ", zh: "\($0)：") } ?? Phrase(verbatim: "")
        return Phrase(place.en + name.en + words.en, zh: place.zh + name.zh + words.zh)
    }

    package func text(_ language: Language) -> String {
        switch language {
        case .en: line == nil ? "\(file): \(detail.en)" : "\(file), \(detail.en)"
        case .zh: line == nil ? "\(file)：\(detail.zh)" : "\(file) \(detail.zh)"
        }
    }

    package var description: String { text(.en) }
}
