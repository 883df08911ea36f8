import Foundation
import TestPrograms

/// docs/hostile.md: what each hostile file tried, and what it got.
struct HostileTable {
    static let variable = "HEYGEM_WATCH_HOSTILE_TABLE"
    static let document = BuiltProgram.repository.appendingPathComponent("docs/hostile.md")

    let run: HostileRun

    var text: String {
        var text = """
            # Files that want to be more than media

            What \(run.files.count) hostile files tried, and what they got. Each was dropped with a good partner; the sentence is the one in
            the CSV and in `status`. Made by the tests, which drop all of them anew: in a network that leads nowhere, with every
            file that the service and its workers open, every socket and every program started written down. None of them
            opened a file outside, made a socket, started a program or ended a worker. Where the outcome is `ok`, what the file
            tried was left out, and its picture or sound was used.

            """
        for section in sections {
            text += "\n## \(section)\n\n| file | what it is | outcome | reason | said |\n|---|---|---|---|---|\n"
            for file in run.files where file.section == section { text += line(file) + "\n" }
        }
        return text
    }

    private var sections: [String] {
        run.files.map(\.section).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func line(_ file: HostileRun.File) -> String {
        let row = run.rows["hostile/" + file.path] ?? [:]
        let code = row["reason"].map { $0.isEmpty ? "" : "`\($0)`" } ?? ""
        let said = [row["message"], row["note"]].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
        let name = file.path.split(separator: "/").dropFirst().joined(separator: "/")
        let cells = ["`\(name)`", file.tries, row["status"] ?? "no row", code, said]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
}
