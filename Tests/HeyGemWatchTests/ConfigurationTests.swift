import Foundation
import HeyGemWatch
import Render
import Testing
import StrictYAML

/// How settings come together, and what is said of wrong ones.
@Suite struct ConfigurationTests {
    @Test("file, environment, flags: the later wins")
    func order() throws {
        let settings = try SettingsReader.settings(
            file: ("f.yaml", "settle: 3s\nworkers: 2\nlife: lively\n"),
            environment: ["HEYGEM_WATCH_SETTLE": "4s", "HEYGEM_WATCH_WORKERS": "3"], flags: ["settle": "5s"])
        #expect(settings.settle == .seconds(5))
        #expect(settings.workers == 3)
        #expect(settings.life == .lively)
        #expect(settings.folderQuiet == .seconds(5))
    }

    @Test("an empty file sets nothing", arguments: ["", "\n", "# nothing\n"])
    func empty(text: String) throws {
        let settings = try SettingsReader.settings(file: ("f.yaml", text), environment: [:], flags: [:])
        #expect(settings.settle == .seconds(2))
    }

    @Test(
        "a time is a number with its unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("2s", .seconds(2)), ("1.5min", .seconds(90)),
            ("24h", .seconds(86_400)), ("14d", .seconds(14 * 86_400)), ("0s", .zero),
        ])
    func durations(text: String, duration: Duration) throws {
        #expect(try ScalarText(text: text).duration() == duration)
    }

    @Test("what is no time is refused", arguments: ["2", "", "s", "-1s", "2 weeks", "1e99d", "nans", "infs"])
    func noDurations(text: String) {
        #expect(throws: SettingProblem.self) { try ScalarText(text: text).duration() }
    }

    @Test(
        "a wrong file is told with its line and key",
        arguments: [
            ("inbox: a\nsettel: 2s\n", 2, "settel"), ("workers: 0\n", 1, "workers"),
            ("\n\nlife: dead\n", 3, "life"), ("workers: [1, 2]\n", 1, "workers"),
            ("status_file: perhaps\n", 1, "status_file"),
        ])
    func problems(text: String, line: Int, key: String) {
        let problem = #expect(throws: ConfigurationProblem.self) {
            try SettingsReader.settings(file: ("f.yaml", text), environment: [:], flags: [:])
        }
        #expect(problem?.line == line)
        #expect(problem?.key == key)
        #expect(problem?.description.hasPrefix("f.yaml, line \(line): \(key): ") == true)
    }

    @Test(
        "what is no YAML mapping is refused",
        arguments: ["- a\n", "just words\n", "a: [\n", "settle: 1s\nsettle: 2s\n"])
    func noMapping(text: String) {
        #expect(throws: ConfigurationProblem.self) {
            try SettingsReader.settings(file: ("f.yaml", text), environment: [:], flags: [:])
        }
    }

    @Test("README's table lists every key with its meaning and default")
    func readme() throws {
        let url = BuiltProgram.repository.appendingPathComponent("README.md")
        let readme = try String(contentsOf: url, encoding: .utf8)
        for key in Settings.keys {
            #expect(readme.contains("| `\(key.name)` | \(key.meaning) | \(key.defaultText) |"), "\(key.name)")
        }
    }
}
