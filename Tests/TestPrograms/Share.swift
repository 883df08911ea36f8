package import Foundation
import Testing

/// Inbox, outbox and state in a folder of their own, and what a person finds in them.
package struct Share {
    package let root: URL
    package var inbox: URL { root.appendingPathComponent("inbox") }
    package var outbox: URL { root.appendingPathComponent("outbox") }
    package var state: URL { root.appendingPathComponent("state") }
    package var options: [String] { ["--inbox", inbox.path, "--outbox", outbox.path, "--state", state.path] }

    /// Short times: what is tested is the order of things, not patience.
    package static let quick = [
        "HEYGEM_WATCH_SETTLE": "200ms", "HEYGEM_WATCH_FOLDER_QUIET": "400ms", "HEYGEM_WATCH_LATE_GRACE": "800ms",
    ]

    package static func with(_ body: (Share) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("share-\(UUID().uuidString)")
        let share = Share(root: root)
        for folder in [share.inbox, share.outbox, share.state] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(at: root) }
        try await body(share)
    }

    /// Puts bytes under a path in the inbox.
    package func drop(_ data: Data = Data(), _ path: String) throws {
        let target = inbox.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: target)
    }

    package func drop(sample: String, _ path: String) throws {
        try drop(Data(contentsOf: BuiltProgram.samples.appendingPathComponent(sample)), path)
    }

    /// Names in the outbox that a person sees.
    package func results(_ ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: outbox, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasSuffix(ending) && !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.path < $1.path }
    }

    /// The rows of a CSV by item, each a dictionary by column.
    package func rows(of csv: URL) throws -> [String: [String: String]] {
        let text = try String(contentsOf: csv, encoding: .utf8)
        let lines = CSVLines(text).rows
        let header = try #require(lines.first)
        let rows = lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
        return Dictionary(rows.map { ($0["item"] ?? "", $0) }) { first, _ in first }
    }
}

/// RFC 4180, the tests' own reading of it.
package struct CSVLines {
    package var rows: [[String]] = []

    package init(_ text: String) {
        var cell = ""
        var row: [String] = []
        var quoted = false
        var characters = Array(text.unicodeScalars)
        if characters.first == "\u{FEFF}" { characters.removeFirst() }
        var index = 0
        while index < characters.count {
            let scalar = characters[index]
            index += 1
            if scalar == "\"", quoted, index < characters.count, characters[index] == "\"" {
                cell.unicodeScalars.append(scalar)
                index += 1
            } else if scalar == "\"" {
                quoted.toggle()
            } else if scalar == ",", !quoted {
                row.append(cell)
                cell = ""
            } else if scalar == "\n", !quoted {
                rows.append(row + [cell])
                row = []
                cell = ""
            } else if scalar != "\r" || quoted {
                cell.unicodeScalars.append(scalar)
            }
        }
    }
}
