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
    /// Held until the end.
    private let lock: FileLock

    /// Ours, at the inbox's top.
    private static let ownFolder: FilePath = ".heygem-watch"

    init(settings: Settings, folders: ServiceFolders, isOnce: Bool, logger: Logger) throws(CommandFailure) {
        let inbox = try Self.open(folders.inbox, "inbox")
        let outbox = try Self.open(folders.outbox, "outbox")
        let state = try Self.open(folders.state, "state folder", isMade: true)
        try folders.checkNesting()
        let publishing = try settings.publishing()
        if isOnce { try Self.checkDefaultAvatar(settings) }
        lock = try Self.lock(inbox)
        let engine = try Installation.engine(
            life: settings.life, limits: settings.workerLimits, time: settings.renderTime
        ) { task, end in
            logger.debug("worker ended", metadata: ["answer": "\(end.answer)", "log": "\(end.log)"])
        }
        do {
            try state.makeFolder("work", mode: 0o755)
            let work = try Folder(opening: folders.state.appending("work"))
            let ledger = try Ledger(in: state)
            let parts = Coordinator.Parts(
                watcher: try Watcher(folder: inbox, settings: settings.watching),
                queue: RenderQueue(
                    ledger: ledger, inbox: inbox, work: work, engine: engine,
                    settings: RenderQueueSettings(workers: settings.workers, time: settings.renderTime)),
                publisher: Publisher(
                    ledger: ledger, inbox: inbox, outbox: outbox, work: work, settings: publishing),
                janitor: Janitor(ledger: ledger, work: work, settings: settings.janitor),
                requests: try RequestFolder(state: state), logger: logger)
            coordinator = Coordinator(
                parts: parts, rules: settings.batchRules, language: settings.spokenLanguage, isOnce: isOnce)
        } catch {
            throw CommandFailure(.preflight, "The service can't start: \(error)")
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

    private static func open(_ path: FilePath, _ role: String, isMade: Bool = false) throws(CommandFailure) -> Folder {
        do {
            if isMade {
                try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            }
            return try Folder(opening: path)
        } catch {
            throw CommandFailure(
                .preflight, "The \(role) \(path.string) can't be opened: \(error). Make it first, or mend the path.")
        }
    }

    private static func lock(_ inbox: Folder) throws(CommandFailure) -> FileLock {
        let name = ownFolder.appending("lock")
        do throws(Errno) {
            try inbox.makeFolder(ownFolder, mode: 0o755)
            return try inbox.lock(name)
        } catch Errno.wouldBlock {
            let holder = inbox.lockHolder(name) ?? "unknown"
            throw CommandFailure(
                .preflight, "The inbox \(inbox.path.string) is served by another HeyGemWatch (\(holder)).")
        } catch {
            throw CommandFailure(.preflight, "The inbox \(inbox.path.string) can't be locked: \(error).")
        }
    }
}
