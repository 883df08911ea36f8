import Batch
import Delivery
import Disk
import Logging
import SystemPackage
import Watch

/// The whole service but for its engine: a real watcher, ledger and publisher on a scene's folders, with short times.
struct RunningService: Sendable {
    let coordinator: Coordinator
    let ledger: Ledger

    /// - Parameter outbox: may refuse changes of the outbox.
    init(_ scene: Scene, _ engine: StubEngine = StubEngine(), isOnce: Bool = false, outbox: Refusal? = nil) throws {
        ledger = try scene.ledger()
        let (inbox, work) = (try scene.folder("inbox"), try scene.folder("state/work"))
        var settings = WatchSettings()
        settings.settle = .milliseconds(20)
        let parts = Coordinator.Parts(
            watcher: try Watcher(folder: inbox, settings: settings),
            queue: RenderQueue(
                ledger: ledger, inbox: inbox, work: work, engine: engine, settings: RenderQueueSettings(workers: 2)),
            publisher: Publisher(
                ledger: ledger, inbox: inbox, outbox: try scene.folder("outbox", outbox), work: work),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let rules = BatchRules(folderQuiet: .milliseconds(30), lateGrace: .milliseconds(60))
        coordinator = Coordinator(parts: parts, rules: rules, isOnce: isOnce)
    }

    /// Runs until it ends by itself.
    func run() async throws {
        try await coordinator.run()
        try ledger.close()
    }

    /// Runs while `body` works with it, then ends it in order.
    func whileRunning(_ body: () async throws -> Void) async throws {
        let running = Task { try await coordinator.run() }
        try await body()
        running.cancel()
        // how it ends is not what is looked at
        _ = await running.result
        try ledger.close()
    }

    /// Returns when the status is as wanted; the test's time limit bounds it.
    func wait(until isReached: (ServiceStatus) -> Bool) async {
        for await _ in coordinator.statusChanges {
            if isReached(await coordinator.status(process: 1, started: Scene.date)) { return }
        }
    }
}
