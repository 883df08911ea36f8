import ArgumentParser
import Delivery

/// Another try for what has no video, delivered anew.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Renders what has no video once more, and delivers the batch anew; lets a cancelled batch go on.",
        discussion: """
            The new delivery names the first. A running service begins at once; without one it happens at the next start. \
            Ends with 1 when the service refuses or items are still without a video, with 2 when no such batch is known.
            """)

    @OptionGroup var options: CommonOptions

    @OptionGroup var patience: PatienceOptions

    @Argument(help: "Name, title or id of a batch, or the name of its ZIP; the newest of that name.")
    var batch: String

    @Argument(help: "Name of one item; without it all that have no video.")
    var item: String?

    func run() async throws {
        try await RequestSession(settings: try options.settings(), patience: patience)
            .ask(.retry(batch: batch, item: item))
    }
}

/// Ends the renders of an open batch and holds it.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Ends the renders of an open batch and holds it until “retry” lets it go on.",
        discussion: "Its files stay where they are. Without a running service it happens at the next start.")

    @OptionGroup var options: CommonOptions

    @OptionGroup var patience: PatienceOptions

    @Argument(help: "Name of an open batch: that of its folder, or “inbox” for the loose files.")
    var batch: String

    func run() async throws {
        try await RequestSession(settings: try options.settings(), patience: patience).ask(.cancel(batch: batch))
    }
}

/// How long a command waits for the service.
struct PatienceOptions: ParsableArguments {
    @Flag(help: "Don't wait until it is done, only until the service has taken it.")
    var noWait = false

    @Option(help: ArgumentHelp("Wait no longer than this until it is done.", valueName: "seconds"))
    var wait = 3600.0

    func validate() throws {
        guard wait >= 0 else { throw ValidationError("--wait can't be negative.") }
    }
}
