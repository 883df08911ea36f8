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

    /// Far more than a status ever has.
    private static let sizeLimit = 64 << 20

    func run() async throws {
        let state = ServiceFolders.state(try options.settings())
        let bytes: [UInt8]?
        do {
            bytes = try Folder(opening: state).contents(of: StatusWriter.jsonName, limit: Self.sizeLimit)
        } catch {
            throw CommandFailure(
                .preflight, "There is no status in \(state.string): no service has run with this state folder.")
        }
        guard let bytes, let status = try? ServiceStatus.decode(Data(bytes)) else {
            throw CommandFailure(.preflight, "The status in \(state.string) can't be read.")
        }
        if json {
            FileHandle.standardOutput.write(Data(bytes + [UInt8(ascii: "\n")]))
        } else {
            print(status.text(isRunning: isRunning(state), timeZone: .current), terminator: "")
        }
    }

    /// Whether the lock is held: a number of a process alone may be another's by now.
    private func isRunning(_ state: FilePath) -> Bool {
        (try? Folder(opening: state))?.isLocked(Ledger.lockName) ?? false
    }
}
