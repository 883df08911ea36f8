import Batch
import Delivery
import Disk
import Foundation
import Logging
import Render
import SystemPackage
import Watch

/// The parts of the real service, put together as the program does it, with short times and one date for everything.
struct SmallService {
    /// 2025-12-19 13:20:07 UTC: names and tables of two runs are the same then.
    private static let date = Date(timeIntervalSince1970: 1_766_150_407)

    private let coordinator: Coordinator
    private let status: StatusWriter
    private let ledger: Ledger

    /// - Parameter observer: told of every step, also of those of the start.
    init(_ root: FilePath, _ observer: StepCounter) throws {
        let date = { @Sendable in Self.date }
        let inbox = try Root(opening: root.appending("inbox"), locking: .exclusive, observer: observer)
        let outbox = try Root(opening: root.appending("outbox"), observer: observer)
        let state = try Folder(opening: root.appending("state"), observer: observer)
        try state.makeFolder("work", mode: 0o755)
        let work = try Folder(opening: root.appending("state").appending("work"), observer: observer)
        ledger = try Ledger(in: state, observer: observer)
        let parts = Coordinator.Parts(
            watcher: Watcher(root: inbox, settings: Self.watching),
            queue: RenderQueue(
                ledger: ledger, inbox: inbox, work: work, engine: EchoEngine(),
                settings: RenderQueueSettings(workers: 2, retryDelays: [.milliseconds(1)]), date: date),
            publisher: Publisher(ledger: ledger, inbox: inbox, outbox: outbox, work: work, date: date),
            janitor: Janitor(ledger: ledger, work: work, settings: Janitor.Settings(minFree: 0), date: date),
            requests: try RequestFolder(state: state),
            logger: Logger(label: "stepped") { _ in SwiftLogNoOpLogHandler() })
        coordinator = Coordinator(parts: parts, rules: Self.rules, isOnce: true, date: date)
        status = StatusWriter(coordinator: coordinator, state: state, outbox: outbox, started: Self.date)
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [status] in await status.run { _ in } }
            try await coordinator.run()
            group.cancelAll()
        }
        try ledger.close()
    }

    /// Everything lies there before the service starts, but what comes late: no one has to be waited for.
    private static let rules = BatchRules(folderQuiet: .milliseconds(20), lateGrace: .milliseconds(40))

    private static var watching: WatchSettings {
        var watching = WatchSettings()
        watching.settle = .milliseconds(10)
        watching.isOwnFile = { path in
            path.lastComponent.map { Inbox.isOwnNote($0, patterns: rules.patterns) } ?? false
        }
        return watching
    }
}
