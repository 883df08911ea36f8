import Yams

/// Why a file of settings can't be used: says file, line and key.
package struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    package var file: String
    package var line: Int?
    package var key: String?
    package var message: String

    package init(file: String, line: Int? = nil, key: String? = nil, message: String) {
        (self.file, self.line, self.key, self.message) = (file, line, key, message)
    }

    package var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        return key.map { "\(place): \($0): \(message)" } ?? "\(place): \(message)"
    }
}

/// The one reader of YAML: a flat mapping of known keys to single values; anything else is an error with its place.
package enum StrictYAML {
    /// A key with its value, and the line it stands on.
    package struct Entry: Equatable {
        package var key: String
        package var value: ScalarText
        package var line: Int
    }

    /// Far above any sensible file; keeps a wrong path from filling the memory.
    static let sizeLimit = 64 * 1024

    /// The entries in the order of the file; an empty file has none.
    package static func entries(of text: String, file: String, known: Set<String>) throws(ConfigurationProblem)
        -> [Entry]
    {
        guard text.utf8.count <= sizeLimit else {
            throw ConfigurationProblem(file: file, message: "is larger than 64 KiB")
        }
        guard let root = try parse(text, file: file) else { return [] }
        guard case .mapping(let mapping) = root else {
            throw ConfigurationProblem(
                file: file, line: root.mark?.line, message: "needs lines of the form “key: value”")
        }
        var entries: [Entry] = []
        for (key, value) in mapping {
            let entry = try entry(key: key, value: value, file: file, known: known)
            guard !entries.contains(where: { $0.key == entry.key }) else {
                throw ConfigurationProblem(file: file, line: entry.line, key: entry.key, message: "stands twice")
            }
            entries.append(entry)
        }
        return entries
    }

    private static func parse(_ text: String, file: String) throws(ConfigurationProblem) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw ConfigurationProblem(file: file, line: error.line, message: "is not valid YAML (\(error.summary))")
        } catch {
            throw ConfigurationProblem(file: file, message: "is not valid YAML")
        }
    }

    private static func entry(
        key: Node, value: Node, file: String, known: Set<String>
    ) throws(ConfigurationProblem) -> Entry {
        let line = key.mark?.line ?? 1
        guard case .scalar(let name) = key else {
            throw ConfigurationProblem(file: file, line: line, message: "a key has to be a word")
        }
        guard known.contains(name.string) else {
            throw ConfigurationProblem(
                file: file, line: line, key: name.string,
                message: "unknown key; known are \(known.sorted().joined(separator: ", "))")
        }
        guard case .scalar(let scalar) = value else {
            throw ConfigurationProblem(file: file, line: line, key: name.string, message: "needs a single value")
        }
        return Entry(key: name.string, value: ScalarText(text: scalar.string), line: line)
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    fileprivate var summary: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _): "a key stands twice: \(duplicates)"
        default: "unreadable"
        }
    }
}
