import Foundation
import SystemPackage

/// The three folders of a service; `state` has a default.
struct ServiceFolders {
    var inbox: FilePath
    var outbox: FilePath
    var state: FilePath
    private let defaultAvatar: FilePath?

    init(_ settings: Settings) throws(CommandFailure) {
        guard let inbox = settings.inbox else {
            throw CommandFailure(.configuration, "Which folder is the inbox? Give --inbox or set “inbox:”.")
        }
        guard let outbox = settings.outbox else {
            throw CommandFailure(.configuration, "Which folder is the outbox? Give --outbox or set “outbox:”.")
        }
        self.inbox = inbox
        self.outbox = outbox
        state = Self.state(settings)
        defaultAvatar = settings.defaultAvatar
    }

    static func state(_ settings: Settings) -> FilePath {
        settings.state ?? SettingsReader.standardState(ProcessInfo.processInfo.environment)
    }

    /// What the service writes itself must not come back to it as something that was dropped, and the default avatar is
    /// no member of a batch.
    func checkNesting() throws(CommandFailure) {
        let inbox = Self.real(inbox)
        let others = [("outbox", outbox), ("state folder", state), ("default avatar", defaultAvatar)]
        for case (let role, let path?) in others where Self.real(path).starts(with: inbox) {
            throw CommandFailure(
                .configuration,
                "The \(role) \(path.string) lies in the inbox \(self.inbox.string). Choose a place outside it.")
        }
    }

    private static func real(_ path: FilePath) -> FilePath {
        FilePath(URL(fileURLWithPath: path.string).resolvingSymlinksInPath().path)
    }
}
