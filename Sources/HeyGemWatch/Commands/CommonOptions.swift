import ArgumentParser
import Disk
import Foundation
import StrictYAML
import SystemPackage

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
    func settings() throws(CommandFailure) -> Settings {
        let flags = ["inbox": inbox, "outbox": outbox, "state": state, "log_level": logLevel].compactMapValues(\.self)
        do {
            return try SettingsReader.settings(
                file: try configurationFile(), environment: ProcessInfo.processInfo.environment, flags: flags)
        } catch let problem as ConfigurationProblem {
            throw CommandFailure(.configuration, problem.description)
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
    }

    /// The file given, else `heygem-watch.yaml` here, else none.
    private func configurationFile() throws -> (name: String, text: String)? {
        let name = config ?? "heygem-watch.yaml"
        guard let bytes = FileManager.default.contents(atPath: name) else {
            guard config == nil else {
                throw ConfigurationProblem(file: name, message: "can't be read; is the path right?")
            }
            return nil
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw ConfigurationProblem(file: name, message: "is not UTF-8 text")
        }
        return (name, text)
    }
}
