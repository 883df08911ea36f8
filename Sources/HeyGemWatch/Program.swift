import ArgumentParser
import Foundation
import Words

@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heygem-watch",
        abstract: "Turns pairs of audio and avatar, dropped into a folder, into talking-head videos.",
        discussion: """
            Exit codes: 0 well; 1 the work failed in part; 2 usage; 3 configuration; 4 something that is needed is missing.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, CheckCommand.self, StatusCommand.self, HistoryCommand.self, RetryCommand.self,
            CancelCommand.self, RenderCommand.self, MouthCommand.self, FaceCommand.self, PackCommand.self,
            VerifyCommand.self, DemoCommand.self, DocumentsCommand.self,
        ])

    /// Runs the command; the numbers of the exit codes are ours, not the argument parser's.
    @MainActor static func main() async {
        QuietExecutor.install()
        do {
            var command = try parseAsRoot()
            do {
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            } catch let failure as CommandFailure {
                end(failure.status, failure.message)
            } catch let error where exitCode(for: error) != .success && !(error is ValidationError) {
                end(.failedInPart, "\(error)")
            }
        } catch {
            if exitCode(for: error) == .success { exit(withError: error) }  // help was asked for
            end(.usage, fullMessage(for: error))
        }
    }

    private static func end(_ status: ExitStatus, _ message: String) -> Never {
        if !message.isEmpty {
            FileHandle.standardError.write(Data((PlainText.lines(message) + "\n").utf8))
        }
        Foundation.exit(status.rawValue)
    }
}
