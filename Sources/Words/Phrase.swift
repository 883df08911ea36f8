/// A text in every language that we speak.
package struct Phrase: Hashable, Sendable {
    package let en: String
    package let zh: String

    package init(_ en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    /// Names, numbers and what other programs say: the same in every language.
    package init(verbatim text: String) {
        self.init(text, zh: text)
    }

    package func text(_ language: Language) -> String {
        switch language {
        case .en: en
        case .zh: zh
        }
    }

    package var isEmpty: Bool { en.isEmpty }

    /// Those that say something, one after the other.
    package static func joined(_ phrases: [Phrase]) -> Phrase {
        let said = phrases.filter { !$0.isEmpty }
        return Phrase(said.map(\.en).joined(separator: "; "), zh: said.map(\.zh).joined(separator: "；"))
    }

    /// The same done to every language.
    package func map(_ change: (String) -> String) -> Phrase { Phrase(change(en), zh: change(zh)) }
}

extension Phrase: Codable {
    private enum Key: String, CodingKey { case en, zh }

    /// A text alone is the same in every language.
    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(verbatim: text)
        } else {
            let container = try decoder.container(keyedBy: Key.self)
            self.init(
                try container.decode(String.self, forKey: .en), zh: try container.decode(String.self, forKey: .zh))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if en == zh {
            var container = encoder.singleValueContainer()
            try container.encode(en)
        } else {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(en, forKey: .en)
            try container.encode(zh, forKey: .zh)
        }
    }
}
