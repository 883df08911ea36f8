import Batch
import Delivery
import Disk
import Foundation
import Logging
import Render
import ServiceLifecycle
import SystemPackage
import Watch

/// All parts of a service, put together in one place.
struct ServiceAssembly {
    let coordinator: Coordinator
    let status: StatusWriter

    private let inbox: Root

    init(
        settings: Settings, folders: ServiceFolders, wishes: ServiceRoots.Wishes, logger: Logger,
        tidyDaily: @escaping @Sendable () -> Void
    ) async throws(CommandFailure) {
        let state = try Self.state(folders.state)
        try folders.checkNesting()
        let publishing = try settings.publishing()
        if wishes.isOnce { try Self.checkDefaultAvatar(settings) }
        let outbox: Root
        do {
            try state.makeFolder("work", mode: 0o755)
            let work = try Folder(opening: folders.state.appending("work"))
            let engine = try Installation.engine(
                life: settings.life, limits: settings.workerLimits, notebooks: NotebookShelf(work: work),
                time: settings.renderTime
            ) { task, end in
                logger.debug("worker ended", metadata: ["answer": "\(end.answer)", "log": "\(end.log)"])
            }
            let ledger = try Ledger(in: state)
            let roots = try await ServiceRoots(folders, ledger, wishes, settings.spokenLanguage)
            (inbox, outbox) = (roots.inbox, roots.outbox)
            let publisher = Publisher(
                ledger: ledger, inbox: inbox, outbox: outbox, work: work, settings: publishing)
            let parts = Coordinator.Parts(
                watcher: Watcher(root: inbox, settings: settings.watching),
                queue: RenderQueue(
                    ledger: ledger, inbox: inbox, work: work, engine: engine,
                    settings: settings.rendering),
                publisher: publisher,
                janitor: Janitor(ledger: ledger, work: work, settings: settings.janitor),
                retention: Retention(publisher: publisher, settings: settings.retention), tidyDaily: tidyDaily,
                requests: try RequestFolder(state: state), logger: logger
            ) { settings.folderQuiet(on: FileSystemKind(magic: 0, type: $0)) }
            coordinator = Coordinator(
                parts: parts, rules: settings.batchRules(on: try? inbox.folder().fileSystem()),
                language: settings.spokenLanguage,
                isOnce: wishes.isOnce)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.preflight, "The service can't start: \(LedgerFailure(error))")
        }
        status = StatusWriter(
            coordinator: coordinator, state: state, outbox: settings.statusFile ? outbox : nil, started: Date())
    }

    /// The service waits for a face that comes back; who runs once has nobody to wait for.
    private static func checkDefaultAvatar(_ settings: Settings) throws(CommandFailure) {
        guard let path = settings.defaultAvatar, !FileManager.default.isReadableFile(atPath: path.string) else {
            return
        }
        throw CommandFailure(.preflight, "The default avatar \(path.string) can't be read. Mend “default_avatar:”.")
    }

    /// Gives the inbox up, at the end.
    func close() { inbox.close() }

    private static func state(_ path: FilePath) throws(CommandFailure) -> Folder {
        do {
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            return try Folder(opening: path)
        } catch {
            throw CommandFailure(.preflight, "The state folder \(path.string) can't be opened: \(error).")
        }
    }
}
