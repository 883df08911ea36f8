import ArgumentParser
import Delivery
import Disk
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import SystemPackage
import UnixSignals
import Words

/// The service.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watches the inbox, renders, and delivers every batch that has its marker.",
        discussion: "Ends with SIGTERM or Ctrl-C; what is not done goes on at the next start.")

    @OptionGroup var options: CommonOptions

    @Flag(help: "Do what is there now, then end: with 1 if a row of a delivered CSV is not ok, or a batch is held.")
    var once = false

    @Flag(help: "Take the inbox and the outbox that stand there now, though they are others than the last time.")
    var adopt = false

    @Flag(help: "Take the inbox from another service that can't be at work any more; one that is stops.")
    var takeOver = false

    /// From the request to end until what still runs is cut off.
    private static let shutdownLimit = Duration.seconds(10)

    func run() async throws {
        ProcessMemory.shareHeap()
        let settings = try options.settings()
        let folders = try ServiceFolders(settings)
        let console = Console()
        let file = LogFile(
            folder: folders.state.appending("logs"), limits: settings.logLimits, notice: LineLogHandler.notice)
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        let logger = Logger(label: "heygem-watch") { _ in LineLogHandler(level: level, console: console, file: file) }
        let assembly = try await ServiceAssembly(
            settings: settings, folders: folders,
            wishes: .init(isAdopting: adopt, isTakingOver: takeOver, isOnce: once), logger: logger
        ) { file.tidy() }
        defer { assembly.close() }
        logger.info(
            "watching", metadata: ["inbox": "\(folders.inbox.string)", "outbox": "\(folders.outbox.string)"])
        let last = LastStatus(console: console)
        let language = settings.spokenLanguage
        try await serve(assembly, last: last, logger: logger, language)
        last.end()
        if once { for left in last.unmarked { console.line(left) } }
        logger.info("ended")
        if once, let shortcomings = last.shortcomings {
            throw CommandFailure(.failedInPart, lines: shortcomings.map { $0.text(language) })
        }
    }

    private func serve(
        _ assembly: ServiceAssembly, last: LastStatus, logger: Logger, _ language: Language
    ) async throws {
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
        } catch let away as RootAway {
            throw CommandFailure(.preflight, away.failure.text(language))
        } catch {
            throw CommandFailure(.preflight, "The service can't go on: \(error)")
        }
    }
}

/// The newest status, and the bar that shows it.
private final class LastStatus: Sendable {
    private let console: Console
    private let state = Mutex((bar: ProgressBar(), status: ServiceStatus?.none))

    init(console: Console) {
        self.console = console
    }

    func show(_ status: ServiceStatus) {
        let text = state.withLock { state in
            state.status = status
            return state.bar.text(for: status, now: Date(), width: console.width)
        }
        console.show(bar: text)
    }

    func end() { console.show(bar: "") }

    private static func items(_ count: Int) -> String { "\(count) \(count == 1 ? "item" : "items")" }

    /// A line for each batch that nobody has marked as complete: nothing is wrong with it, but it was left.
    var unmarked: [String] {
        guard let status = state.withLock({ $0.status }) else { return [] }
        let left = status.batches.filter { !$0.hasMarker && !$0.isHeld && !$0.waitsFor.isEmpty }
        return left.map { "\($0.name)\(Phrase(": ", zh: "：").text(status.language))\($0.waitsFor)" }
    }

    /// What is not as those who dropped the files wanted it; nil when all is.
    var shortcomings: [Phrase]? {
        guard let status = state.withLock({ $0.status }) else { return nil }
        var all: [Phrase] = []
        // not those of earlier runs
        if status.delivered.contains(where: { $0.bad > 0 && $0.at >= status.started }) {
            all.append(Phrase("Some items have no video: see the CSV.", zh: "部分项目没有视频，原因见 CSV。"))
        }
        for batch in status.batches where batch.hasMarker || batch.isHeld {
            if batch.isHeld {
                let why = batch.problems.map(\.text).joined(separator: " ")
                all.append(Phrase("“\(batch.name)” is held: \(why)", zh: "“\(batch.name)”已搁置：\(why)"))
            } else if let expect = batch.expect, expect.ended < expect.wanted {
                all.append(
                    Phrase(
                        "“\(batch.name)” is not delivered: its marker expects \(Self.items(expect.wanted)), \(expect.ended) \(expect.ended == 1 ? "is" : "are") done.",
                        zh: "“\(batch.name)”未交付：标记文件要求 \(expect.wanted) 个项目，已完成 \(expect.ended) 个。"))
            }
        }
        return all.isEmpty ? nil : all
    }
}
