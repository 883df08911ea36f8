import Delivery
import Disk
import Foundation
import SystemPackage
import Words

/// Whether a service runs, and whether its ledger can be opened.
struct LedgerCheck {
    let inbox: CheckedFolder
    let state: CheckedFolder

    func findings() async -> [Finding] { [service, await ledger].compactMap(\.self) }

    private var isRunning: Bool { state.folder?.isLocked(Ledger.lockName) == true }

    private var service: Finding? {
        let id = "inbox.service"
        guard let inbox = inbox.folder, state.folder != nil else { return nil }
        guard let holder = Root.holder(in: inbox) else {
            return .ok(id, Phrase("no service runs on this inbox", zh: "没有服务在处理此输入文件夹"))
        }
        guard isRunning else {
            return .problem(
                id,
                Phrase(
                    "a service with another state folder runs on this inbox (\(holder))",
                    zh: "此输入文件夹正由使用另一 state 文件夹的服务处理（\(holder)）"),
                mend: Phrase("end that service, or check with its settings", zh: "请结束该服务，或使用它的设置进行检查"))
        }
        return .ok(id, Phrase("a service runs on this inbox (\(holder))", zh: "有服务正在处理此输入文件夹（\(holder)）"))
    }

    /// Where there is none yet, one is made in a folder that is gone afterwards.
    private var ledger: Finding {
        get async {
            let id = "state.ledger"
            guard let state = state.folder, self.state.isWritable else {
                return .skipped(id, Phrase("the ledger", zh: "记录数据库"))
            }
            do {
                guard (try? state.status(of: FilePath(Ledger.fileName))) != nil else {
                    try await inScratch(of: state) { try await open($0) }
                    return .ok(id, Phrase("a ledger can be made", zh: "可以创建记录数据库"))
                }
                let count = try await open(state)
                let running = isRunning ? Phrase("; the service uses it", zh: "；服务正在使用") : Phrase(verbatim: "")
                return .ok(
                    id,
                    Phrase(
                        "the ledger was opened and read (\(count) deliveries\(running.en))",
                        zh: "记录数据库可以打开和读取（\(count) 次交付\(running.zh)）"))
            } catch {
                let failure = LedgerFailure(error)
                return .problem(
                    id, Phrase("the ledger can't be opened: \(failure)", zh: "无法打开记录数据库：\(failure)"),
                    mend: mend(failure))
            }
        }
    }

    private func mend(_ failure: LedgerFailure) -> Phrase {
        if failure.isDamage {
            return Phrase(
                "move ledger.sqlite aside: files that are still in the inbox are rendered anew",
                zh: "请将 ledger.sqlite 移到别处：输入文件夹中的文件会重新渲染")
        }
        return failure.saysWhatToDo ? Phrase("see the message", zh: "请参考错误信息") : FolderProbe.permissions
    }

    private func open(_ folder: Folder) async throws -> Int {
        let ledger = try Ledger(in: folder)
        defer { try? ledger.close() }
        return try await ledger.recentDeliveries(limit: 1000).count
    }

    private func inScratch(of state: Folder, _ body: (Folder) async throws -> Int) async throws {
        let name = FilePath(".check-\(ProcessInfo.processInfo.processIdentifier)")
        try state.makeFolder(name, mode: 0o700)
        let path = state.path.appending(name.components)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        _ = try await body(Folder(opening: path))
    }
}
