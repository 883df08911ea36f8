import ArgumentParser
import Delivery
import Disk
import Foundation
import SystemPackage

/// What is going on and why, whether the service runs or not.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tells what is collecting, rendering, waiting for what, and delivered.")

    @OptionGroup var options: CommonOptions

    @Flag(help: "For programs.")
    var json = false

    func run() async throws {
        let settings = try options.settings()
        let state = try StateFolder(settings)
        guard let (bytes, status) = try state.status() else {
            throw CommandFailure(
                .preflight,
                "There is no status in \(state.folder.path.string): no service has run with this state folder.")
        }
        if json {
            FileHandle.standardOutput.write(Data(bytes + [UInt8(ascii: "\n")]))
        } else {
            let text = status.text(
                isRunning: state.isRunning, timeZone: .current, language: settings.spokenLanguage)
            print(text, terminator: "")
        }
    }
}
