import StrictYAML
package import Words

/// What a marker says about its batch; an empty marker says nothing.
package struct MarkerContent: Hashable, Sendable, Codable {
    package var title: String?
    /// For every item of the batch.
    package var tags: [String] = []
    /// Who dropped it, as the audit log names him.
    package var operatorName: String?
    /// How many items the batch has, at least 1.
    package var expect: Int?
    /// The name of an engine that there is.
    package var engine: String?

    package static let empty = MarkerContent()

    package init() {}

    static let sizeLimit = StrictYAML.sizeLimit
    private static let keys = ["title", "tags", "operator", "expect", "engine"]
    /// Names, in characters: longer ones would fill the lines of every table that shows them.
    private static let longest = 200
    private static let mostTags = 64

    /// - Parameter file: how problems name it.
    /// - Throws: `badMarker` with line, key and what is wrong.
    package static func parse(
        _ bytes: [UInt8], file: String, engines: Set<String>
    ) throws(Problem) -> MarkerContent {
        do throws(ConfigurationProblem) {
            var content = MarkerContent()
            for entry in try StrictYAML.entries(of: bytes, file: file, known: keys) where !entry.value.isBlank {
                do throws(SettingProblem) {
                    try content.set(entry.key, entry.value, engines: engines)
                } catch {
                    throw ConfigurationProblem(file: file, line: entry.line, key: entry.key, words: error.words)
                }
            }
            return content
        } catch {
            throw Problem(.badMarker, file: file, ["what": error.detail])
        }
    }

    private mutating func set(_ key: String, _ value: SettingValue, engines: Set<String>) throws(SettingProblem) {
        switch key {
        case "title": title = try Self.name(try value.text())
        case "operator": operatorName = try Self.name(try value.text())
        case "expect": expect = try value.integer(in: 1...1_000_000)
        case "engine": engine = try value.choice(of: engines.sorted())
        default: tags = try Self.tags(value)
        }
    }

    static func tags(_ value: SettingValue) throws(SettingProblem) -> [String] {
        let tags = value.list()
        guard tags.count <= mostTags else {
            throw SettingProblem("has more than \(mostTags) tags", zh: "超过 \(mostTags) 个标签")
        }
        for tag in tags { _ = try name(tag) }
        return tags
    }

    /// A text for one cell of a table.
    static func name(_ text: String) throws(SettingProblem) -> String {
        guard text.count <= longest else {
            throw SettingProblem("is longer than \(longest) characters", zh: "超过 \(longest) 个字符")
        }
        let name = text.trimmingBlanks()
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw SettingProblem("holds a line break or another control character", zh: "含有换行或其他控制字符")
        }
        return String(name)
    }
}

extension StringProtocol {
    /// Without blanks before and behind.
    func trimmingBlanks() -> SubSequence {
        let front = drop(while: \.isWhitespace)
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front }
        return front[...last]
    }
}
