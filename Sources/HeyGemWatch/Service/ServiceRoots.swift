import Delivery
import Disk
import Foundation
import SystemPackage
import Words

/// The inbox and the outbox that a service works with: those of the last time, or, where the configuration names others
/// or a person says so, those that stand there now.
struct ServiceRoots {
    let inbox: Root
    let outbox: Root

    /// What a person asks for at the start.
    struct Wishes {
        /// Take the folders that stand there now.
        var isAdopting = false
        /// Take the inbox from another service that can't be asked.
        var isTakingOver = false
        /// Nobody is there to wait for a folder that is away.
        var isOnce = false
    }

    /// Takes the inbox's lock and the ledger's, and remembers the roots.
    init(
        _ folders: ServiceFolders, _ ledger: Ledger, _ wishes: Wishes, _ language: Language
    ) async throws {
        let known = try await ledger.knownRoots()
        let opening = Opening(known: known, wishes: wishes, language: language)
        inbox = try opening.open(.inbox, folders.inbox, wishes.isTakingOver ? .takeOver : .exclusive)
        try ledger.claim()
        outbox = try opening.open(.outbox, folders.outbox, .none)
        if let old = known[.inbox], old.id != inbox.id, !wishes.isAdopting {
            try await Self.checkNothingIsLeft(in: old.path, ledger, language)
        }
        let now = [RootRole.inbox: inbox, .outbox: outbox].mapValues {
            KnownRoot(path: Settings.absolute($0.path), id: $0.id)
        }
        try await ledger.remember(now, isAdopting: wishes.isAdopting)
    }

    /// Deliveries that look for their inputs in another inbox would take them for gone.
    private static func checkNothingIsLeft(
        in inbox: FilePath, _ ledger: Ledger, _ language: Language
    ) async throws {
        let titles = try await ledger.unfinishedTitles()
        guard !titles.isEmpty else { return }
        let names = titles.prefix(5).joined(separator: ", ") + (titles.count > 5 ? ", ..." : "")
        throw CommandFailure(
            .preflight,
            Phrase(
                "The state folder holds unfinished deliveries of another inbox, \(inbox): \(names). Start with that inbox "
                    + "until they are done, or give this one its own --state. To leave them as they are: "
                    + "heygem-watch run --adopt",
                zh:
                    "状态文件夹中还有另一个输入文件夹 \(inbox) 的未完成交付：\(names)。请先用原输入文件夹完成它们，或用 --state 为当前输入文件夹指定单独的状态文件夹。如要放弃，请运行：heygem-watch run --adopt"
            ).text(language))
    }
}

/// Opens one root after the other.
private struct Opening {
    let known: [RootRole: KnownRoot]
    let wishes: ServiceRoots.Wishes
    let language: Language

    func open(_ role: RootRole, _ path: FilePath, _ locking: Root.Locking) throws(CommandFailure) -> Root {
        guard !wishes.isAdopting, let known = known[role], known.path == Settings.absolute(path) else {
            do { return try Root(opening: path, locking: locking) } catch { throw failure(role, error, isNew: true) }
        }
        let root = Root(path, id: known.id, locking: locking)
        do { _ = try root.folder() } catch {
            // a share may be mounted later than the service starts
            if case .taken = error.cause { throw failure(role, error, isNew: false) }
            if wishes.isOnce { throw failure(role, error, isNew: false) }
        }
        return root
    }

    private func failure(_ role: RootRole, _ away: RootAway, isNew: Bool) -> CommandFailure {
        CommandFailure(.preflight, words(role, away, isNew: isNew).text(language))
    }

    private func words(_ role: RootRole, _ away: RootAway, isNew: Bool) -> Phrase {
        let path = away.path
        switch away.cause {
        case .gone where isNew, .notAFolder where isNew:
            return Phrase(
                "The \(role) \(path) can't be opened: there is no such folder. Make it first, or mend the path.",
                zh: "无法打开\(role == .inbox ? "输入" : "输出")文件夹 \(path)：没有这个文件夹。请先创建，或更正路径。")
        case .taken(let holder):
            return Phrase(
                "The inbox \(path) is served by another HeyGemWatch (\(holder)). If that one can't be at work any more, "
                    + "its machine for example is off: heygem-watch run --take-over",
                zh:
                    "输入文件夹 \(path) 正由另一个 HeyGemWatch 处理（\(holder)）。如果它已不可能在运行（例如其主机已关机），请运行：heygem-watch run --take-over"
            )
        default:
            return Phrase("The \(role) can't be used: \(away.failure.en)", zh: "无法使用：\(away.failure.zh)")
        }
    }
}
