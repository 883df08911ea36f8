import ArgumentParser
import Delivery
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import SystemPackage
import UnixSignals

/// The service.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watches the inbox, renders, and delivers every batch that has its marker.",
        discussion: "Ends with SIGTERM or Ctrl-C; what is not done goes on at the next start.")

    @OptionGroup var options: CommonOptions

    @Flag(help: "Do what is there now, then end: with 1 if a row of a delivered CSV is not ok.")
    var once = false

    /// From the request to end until what still runs is cut off.
    private static let shutdownLimit = Duration.seconds(10)

    func run() async throws {
        let settings = try options.settings()
        let folders = try ServiceFolders(settings)
        let console = Console()
        let file = LogFile(folder: folders.state.appending("logs"))
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        let logger = Logger(label: "heygem-watch") { _ in LineLogHandler(level: level, console: console, file: file) }
        let assembly = try ServiceAssembly(settings: settings, folders: folders, isOnce: once, logger: logger)
        logger.info(
            "watching", metadata: ["inbox": "\(folders.inbox.string)", "outbox": "\(folders.outbox.string)"])
        let last = LastStatus(console: console)
        try await serve(assembly, last: last, logger: logger)
        last.end()
        logger.info("ended")
        if once && last.hasBadRows { throw CommandFailure(.failedInPart, "Some items have no video: see the CSV.") }
    }

    private func serve(_ assembly: ServiceAssembly, last: LastStatus, logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = .error
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: StatusService(writer: assembly.status) { last.show($0) }),
                .init(
                    service: CoordinatorService(coordinator: assembly.coordinator),
                    successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = Self.shutdownLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.preflight, "The service can't go on: \(error)")
        }
    }
}

/// The newest status, and the bar that shows it.
private final class LastStatus: Sendable {
    private let console: Console
    private let state = Mutex((bar: ProgressBar(), bad: false))

    init(console: Console) {
        self.console = console
    }

    var hasBadRows: Bool { state.withLock { $0.bad } }

    func show(_ status: ServiceStatus) {
        let text = state.withLock { state in
            // not those of earlier runs
            state.bad = status.delivered.contains { $0.bad > 0 && $0.at >= status.started }
            return state.bar.text(for: status, now: Date(), width: console.width)
        }
        console.show(bar: text)
    }

    func end() { console.show(bar: "") }
}
