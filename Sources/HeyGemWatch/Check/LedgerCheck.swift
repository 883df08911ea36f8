import Delivery
import Disk
import Foundation
import SystemPackage
import Words

/// Whether a service runs, and whether its ledger can be opened.
struct LedgerCheck {
    let inbox: Folder
    let state: Folder

    private static let lock: FilePath = ".heygem-watch/lock"

    func findings() async -> [Finding] { [service, await ledger] }

    private var isRunning: Bool { state.isLocked(Ledger.lockName) }

    private var service: Finding {
        let id = "inbox.service"
        guard inbox.isLocked(Self.lock) else {
            return .ok(id, Phrase("no service runs on this inbox", zh: "没有服务在处理此输入文件夹"))
        }
        let holder = inbox.lockHolder(Self.lock) ?? "unknown"
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
            do {
                guard (try? state.status(of: FilePath(Ledger.fileName))) != nil else {
                    try await inScratch { try await open($0) }
                    return .ok(id, Phrase("a ledger can be made", zh: "可以创建账本"))
                }
                let count = try await open(state)
                let running = isRunning ? Phrase("; the service uses it", zh: "；服务正在使用") : Phrase(verbatim: "")
                return .ok(
                    id,
                    Phrase(
                        "the ledger was opened and read (\(count) deliveries\(running.en))",
                        zh: "账本可以打开和读取（\(count) 次交付\(running.zh)）"))
            } catch {
                return .problem(
                    id, Phrase("the ledger can't be opened: \(error)", zh: "无法打开账本：\(error)"),
                    mend: Phrase(
                        "see the message; if the file is damaged, move ledger.sqlite aside: files that are still in the inbox are rendered anew",
                        zh: "请参考错误信息；若文件已损坏，请将 ledger.sqlite 移到别处：输入文件夹中的文件会重新渲染"))
            }
        }
    }

    private func open(_ folder: Folder) async throws -> Int {
        let ledger = try Ledger(in: folder)
        defer { try? ledger.close() }
        return try await ledger.recentDeliveries(limit: 1000).count
    }

    private func inScratch(_ body: (Folder) async throws -> Int) async throws {
        let path = state.path.appending(".check-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        _ = try await body(Folder(opening: path))
    }
}
