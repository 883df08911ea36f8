import Words
import Yams

/// Yams, with what it says put into our words, and with what would make it work without end refused beforehand.
struct YAMLDocument {
    /// Nodes know their anchors only for as long as their parser lives.
    private let parser: Parser
    /// Nil for an empty document.
    let root: Node?
    private let lines: [Substring]

    init(_ text: String, file: String) throws(ConfigurationProblem) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if let line = Self.lineOfBorrowing(in: lines) {
            throw ConfigurationProblem(
                file: file, line: line,
                words: Phrase("anchors (&name, *name) can't be used", zh: "不能使用锚点（&name、*name）"))
        }
        do {
            parser = try Parser(yaml: text)
            root = try parser.singleRoot()
        } catch let error as YamlError {
            throw ConfigurationProblem(file: file, line: error.line(in: lines), words: error.words)
        } catch {
            throw ConfigurationProblem(file: file, words: Self.invalid("unreadable"))
        }
    }

    /// A few lines of anchors within anchors stand for billions of values, and Yams compares the keys among them.
    private static func lineOfBorrowing(in lines: [Substring]) -> Int? {
        var anchors: Set<Substring> = []
        for (index, line) in lines.enumerated() {
            for word in line.split(whereSeparator: { " \t[]{},:-?".contains($0) }) {
                // an ampersand alone is text
                let name = word.dropFirst()
                if word.first == "&", !name.isEmpty { anchors.insert(name) }
                if word.first == "*", anchors.contains(name) { return index + 1 }
            }
        }
        return nil
    }

    /// A value such as `#112233` or `#1` is a comment to YAML, and would be lost without a word.
    ///
    /// - Parameter line: of the key without a value, from 1.
    func refuseLostValue(line: Int) throws(SettingProblem) {
        guard lines.indices.contains(line - 1), let colon = lines[line - 1].firstIndex(of: ":") else { return }
        let rest = lines[line - 1][colon...].dropFirst().trimmingBlanks()
        let word = rest.dropFirst().prefix { !$0.isWhitespace }
        let isColour = word.count == 6 && word.allSatisfy(\.isHexDigit)
        guard rest.first == "#", isColour || word.first?.isNumber == true else { return }
        throw SettingProblem(
            "has no value, for # begins a comment; a value with # has to stand in quotes: \"#\(word)\"",
            zh: "没有值，因为 # 表示注释开始；含 # 的值必须加引号：\"#\(word)\"")
    }

    fileprivate static func invalid(_ detail: String) -> Phrase {
        Phrase(
            "is not “key: value”; text with : # * & ! @ % or quotes in it has to stand in quotes (\(detail))",
            zh: "不是“键: 值”的形式；含 : # * & ! @ % 或引号的文本必须加引号（\(detail)）")
    }
}

extension YamlError {
    fileprivate func line(in lines: [Substring]) -> Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(let keys, let context):
            // Yams tells one of the two; people look for the second
            Self.lineOfSecond(keys.first ?? "", in: lines) ?? context.mark.line
        default: nil
        }
    }

    private static func lineOfSecond(_ key: String, in lines: [Substring]) -> Int? {
        let spellings = [key, "\"\(key)\"", "'\(key)'"]
        let places = lines.indices.filter { index in
            spellings.contains { spelling in
                lines[index].hasPrefix(spelling)
                    && lines[index].dropFirst(spelling.count).first { !$0.isWhitespace } == ":"
            }
        }
        return places.count > 1 ? places[1] + 1 : nil
    }

    fileprivate var words: Phrase {
        switch self {
        case .duplicatedKeysInMapping(let duplicates, _):
            Phrase(
                "\(duplicates.joined(separator: ", ")) stands twice", zh: "\(duplicates.joined(separator: "、")) 重复出现")
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            YAMLDocument.invalid(problem)
        default:
            YAMLDocument.invalid("unreadable")
        }
    }
}
