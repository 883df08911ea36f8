import Words
import Yams

/// Yams, with what it says put into our words, and with what would make it work without end refused beforehand.
struct YAMLDocument {
    /// Nodes know their anchors only for as long as their parser lives.
    private let parser: Parser
    /// Nil for an empty document.
    let root: Node?

    init(_ text: String, file: String) throws(ConfigurationProblem) {
        if let line = Self.lineOfBorrowing(in: text) {
            throw ConfigurationProblem(
                file: file, line: line,
                words: Phrase("anchors (&name, *name) can't be used", zh: "不能使用锚点（&name、*name）"))
        }
        do {
            parser = try Parser(yaml: text)
            root = try parser.singleRoot()
        } catch let error as YamlError {
            throw ConfigurationProblem(file: file, line: error.line, words: error.words)
        } catch {
            throw ConfigurationProblem(file: file, words: Self.invalid("unreadable"))
        }
    }

    /// A few lines of anchors within anchors stand for billions of values, and Yams compares the keys among them.
    private static func lineOfBorrowing(in text: String) -> Int? {
        var anchors: Set<Substring> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            for word in line.split(whereSeparator: { " \t[]{},:-?".contains($0) }) {
                // an ampersand alone is text
                let name = word.dropFirst()
                if word.first == "&", !name.isEmpty { anchors.insert(name) }
                if word.first == "*", anchors.contains(name) { return index + 1 }
            }
        }
        return nil
    }

    fileprivate static func invalid(_ detail: String) -> Phrase {
        Phrase(
            "is not “key: value”; text with : # * & ! @ % or quotes in it has to stand in quotes (\(detail))",
            zh: "不是“键: 值”的形式；含 : # * & ! @ % 或引号的文本必须加引号（\(detail)）")
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
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
