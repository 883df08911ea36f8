import Delivery
import Foundation

/// What a week has left behind day by day, without the times of day.
struct WeekDiary {
    let scene: Scene
    private(set) var text = ""
    private var known: Set<String> = []

    init(scene: Scene) { self.scene = scene }

    /// What is new in inbox and outbox, the rows of new CSVs, and what the status says.
    mutating func note(_ title: String, _ status: ServiceStatus) throws {
        text += "\n## \(title)\n\n"
        let files = try scene.files().keys.filter { !$0.hasSuffix("/") && !$0.hasPrefix("inbox/.") }
        for path in files.sorted() where !known.contains(path) { text += "new   \(Self.plain(path))\n" }
        for path in known.subtracting(files).sorted() { text += "gone  \(Self.plain(path))\n" }
        for path in files.sorted() where path.hasSuffix(".csv") && path.hasPrefix("outbox/") && !known.contains(path) {
            for row in try rows(path) { text += "row   \(row)\n" }
        }
        known = Set(files)
        for line in status.text(isRunning: true, timeZone: .gmt).split(separator: "\n").dropFirst() {
            text += "      \(Self.plain(String(line)))\n"
        }
    }

    /// What somebody reads.
    mutating func quote(_ words: String) {
        let lines = words.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
        for line in lines { text += "says  \(Self.plain(String(line)))\n" }
    }

    /// Batch, item, status, tags and reason.
    private func rows(_ path: String) throws -> [String] {
        (try scene.text(path) ?? "").split(whereSeparator: \.isNewline).dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[0], cells[2], cells[3], cells[4], cells[8]].filter { !$0.isEmpty }.joined(separator: " | ")
        }
    }

    private static func plain(_ text: String) -> String {
        text.replacing(/20[0-9]{6}_[0-9]{6}/, with: "TIME")
            // the words about a marker are the parser's
            .replacing(/line 1: .* Correct it/, with: "line 1: ... Correct it")
            .replacing(/2025-12-(?<day>[0-9]+) [0-9:]{8}/) { "December \($0.output.day)" }
    }
}
