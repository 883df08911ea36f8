import Foundation
import HeyGemWatch
import StrictYAML
import TestPrograms
import Testing
import Words

/// README and the example file say what the tables say. `make docs` writes them anew.
@Suite struct DocumentsTests {
    @Test("README's tables of settings and reasons are as generated")
    func readme() throws {
        let readme = try document("README.md")
        let isCurrent = GeneratedDocuments.readme(readme) == readme
        #expect(isCurrent, "run “make docs”")
    }

    @Test("every setting and every reason has its row")
    func complete() {
        for key in Settings.keys {
            #expect(GeneratedDocuments.settingsTable.contains("| `\(key.name)` | \(key.meaning) |"))
        }
        for reason in Reason.allCases {
            let row =
                "| `\(reason.rawValue)` | \(reason.consequence.rawValue) | \(reason.sentence.en) | \(reason.sentence.zh) |"
            #expect(GeneratedDocuments.reasonsTable.contains(row))
        }
    }

    @Test("the example file is as generated")
    func example() throws {
        let isCurrent = try document("heygem-watch.example.yaml") == GeneratedDocuments.example
        #expect(isCurrent, "run “make docs”")
    }

    @Test("the example file can be used as it is, and with every line of it")
    func usable() throws {
        var settings = try read(GeneratedDocuments.example)
        #expect(settings.inbox != nil && settings.outbox != nil)
        (settings.inbox, settings.outbox, settings.state) = (nil, nil, nil)
        #expect(settings == Settings())
        let all = GeneratedDocuments.example.replacing(/(?m)^#([a-z_]+: )/) { "\($0.1)" }
        let known = Settings.keys.map(\.name)
        #expect(try StrictYAML.entries(of: Array(all.utf8), file: "f.yaml", known: known).map(\.key) == known)
        _ = try read(all)
    }

    @Test("a README without the marks of a table is not touched")
    func unmarked() {
        #expect(GeneratedDocuments.readme("<!-- settings: x -->\n<!-- /settings -->\n") == nil)
        #expect(GeneratedDocuments.readme("") == nil)
    }

    @Test("no sentence breaks its row of the table", arguments: Reason.allCases)
    func rows(reason: Reason) {
        #expect(!reason.sentence.en.contains { $0 == "|" || $0.isNewline })
        #expect(!reason.sentence.zh.contains { $0 == "|" || $0.isNewline })
    }

    private func read(_ text: String) throws -> Settings {
        try SettingsReader.settings(file: ("f.yaml", Array(text.utf8)), environment: [:], flags: [:]).settings
    }

    private func document(_ name: String) throws -> String {
        try String(contentsOf: BuiltProgram.repository.appendingPathComponent(name), encoding: .utf8)
    }
}
