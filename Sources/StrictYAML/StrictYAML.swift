import Words
import Yams

/// The one reader of YAML: a flat mapping of known keys to texts or lists of texts; anything else is an error with its place.
package enum StrictYAML {
    /// A key with its value, and the line it stands on.
    package struct Entry: Equatable {
        package var key: String
        package var value: SettingValue
        package var line: Int
    }

    /// Far above any sensible file; keeps a wrong path from filling the memory.
    package static let sizeLimit = 64 * 1024

    /// The entries of a file's bytes, in its order; an empty file has none.
    package static func entries(
        of bytes: [UInt8], file: String, known: [String]
    ) throws(ConfigurationProblem) -> [Entry] {
        guard bytes.count <= sizeLimit else {
            throw ConfigurationProblem(file: file, words: Phrase("is larger than 64 KiB", zh: "超过 64 KiB"))
        }
        guard let text = TextBytes.decode(bytes) else {
            throw ConfigurationProblem(file: file, words: TextBytes.unreadable(bytes))
        }
        return try entries(of: text, file: file, known: known)
    }

    private static func entries(
        of text: String, file: String, known: [String]
    ) throws(ConfigurationProblem) -> [Entry] {
        let document = try YAMLDocument(text, file: file)
        defer { withExtendedLifetime(document) {} }
        guard let root = document.root else { return [] }
        // a comment and nothing else is null, too
        if case .scalar(let scalar) = root, isNull(scalar) { return [] }
        guard case .mapping(let mapping) = root else {
            throw ConfigurationProblem(
                file: file, line: root.mark?.line,
                words: Phrase(
                    "needs lines of the form “key: value”, with a colon and a space",
                    zh: "每行需写成“键: 值”的形式（英文冒号加空格）"))
        }
        var entries: [Entry] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? 1
            let name = try name(key, file: file, known: known)
            do {
                let value = try self.value(value)
                if value.isBlank { try document.refuseLostValue(line: line) }
                entries.append(Entry(key: name, value: value, line: line))
            } catch {
                throw ConfigurationProblem(file: file, line: line, key: name, words: error.words)
            }
        }
        return entries
    }

    private static func name(_ key: Node, file: String, known: [String]) throws(ConfigurationProblem) -> String {
        let line = key.mark?.line ?? 1
        guard case .scalar(let scalar) = key, !scalar.string.isEmpty else {
            throw ConfigurationProblem(file: file, line: line, words: Phrase("a key has to be a word", zh: "键必须是一个词"))
        }
        guard known.contains(scalar.string) else {
            throw ConfigurationProblem(
                file: file, line: line, key: scalar.string, words: Spelling.unknown(scalar.string, known: known))
        }
        return scalar.string
    }

    private static func value(_ node: Node) throws(SettingProblem) -> SettingValue {
        switch node {
        case .scalar(let scalar):
            return SettingValue(text: try text(scalar))
        case .sequence(let sequence):
            var texts: [String] = []
            for element in sequence {
                guard case .scalar(let scalar) = element else { throw tooDeep }
                texts.append(try text(scalar))
            }
            return SettingValue(list: texts)
        default:
            throw tooDeep
        }
    }

    private static let tooDeep = SettingProblem(
        "needs a single value or a plain list; text with a colon in it has to stand in quotes",
        zh: "需要单个值或简单列表；含冒号的文本必须加引号")

    /// Text that begins with `&` or `!` means something else in YAML and would be lost without a word.
    private static func text(_ scalar: Node.Scalar) throws(SettingProblem) -> String {
        let tags: [Tag.Name] = [.implicit, .str]
        guard scalar.anchor == nil, tags.contains(Tag.Name(rawValue: scalar.tag.rawValue)) else {
            throw SettingProblem("text that begins with & or ! has to stand in quotes", zh: "以 & 或 ! 开头的文本必须加引号")
        }
        return isNull(scalar) ? "" : scalar.string
    }

    private static func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }
}
