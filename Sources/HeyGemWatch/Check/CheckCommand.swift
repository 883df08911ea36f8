import ArgumentParser
import Foundation
import Words

/// The preflight: does everything that the service will do, on a small scale, and says how to mend what fails.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tries everything that the service needs, and says how to mend what does not work.",
        discussion: "Ends with 4 when something that is needed is missing. Leaves nothing behind.")

    @OptionGroup var options: CommonOptions

    @Flag(help: "For programs.")
    var json = false

    @Flag(help: "Only print the settings that hold, and where each comes from.")
    var printConfig = false

    func run() async throws {
        let effective = try options.effectiveSettings()
        guard !printConfig else { return print(effective.lines.joined(separator: "\n")) }
        let settings = effective.settings
        let folders = try ServiceFolders(settings)
        let words = CheckText(language: settings.spokenLanguage)
        let findings = try await CheckRun(settings: settings, folders: folders) { finding in
            // at once, since the engine takes its seconds
            if !json { FileHandle.standardOutput.write(Data((words.line(finding) + "\n").utf8)) }
        }.findings()
        print(json ? try words.json(findings) : "\n" + words.summary(findings))
        if findings.contains(where: { $0.grade == .problem }) { throw CommandFailure(.preflight, "") }
    }
}
