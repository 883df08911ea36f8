import ArgumentParser
import Disk
import Foundation
import StrictYAML
import Words

/// The options that every command with an inbox takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Settings, one “key: value” a line.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Folder that is watched.", valueName: "folder"))
    var inbox: String?

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var outbox: String?

    @Option(help: ArgumentHelp("Folder for ledger, videos and logs.", valueName: "folder"))
    var state: String?

    @Option(help: "debug, info, warning or error.")
    var logLevel: String?

    /// The settings, with what flags say last.
    func settings() throws(CommandFailure) -> Settings { try effectiveSettings().settings }

    /// The settings, and where each comes from.
    func effectiveSettings() throws(CommandFailure) -> EffectiveSettings {
        let flags = ["inbox": inbox, "outbox": outbox, "state": state, "log_level": logLevel].compactMapValues(\.self)
        let environment = ProcessInfo.processInfo.environment
        do {
            return try SettingsReader.settings(
                file: try ConfigurationFile.contents(config), environment: environment, flags: flags)
        } catch {
            throw CommandFailure(.configuration, error.text(Language(environment: environment)))
        }
    }
}
