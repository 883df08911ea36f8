import Batch
import Delivery
import Disk
import Foundation
import StrictYAML
import SystemPackage
import Words

/// Which batches a command may speak of, so that a slip of the finger is told at once.
struct KnownBatches {
    let state: StateFolder
    let ledger: Ledger
    let settings: Settings

    /// Years of daily batches.
    private static let limit = 2000
    /// As many as a person reads.
    private static let shown = 10

    /// - Throws: `usage` for a batch that is not known, with the one that was probably meant or the last ones.
    func check(_ request: Request, _ language: Language) async throws {
        let open = openBatches
        // of these the service takes another case too
        let asked = request.batch.lowercased()
        guard !open.contains(where: { $0.name.lowercased() == asked }) else { return }
        var names = open.flatMap { [$0.name] + ($0.title.map { [$0] } ?? []) }
        var newest = names
        for delivery in try await ledger.recentDeliveries(limit: Self.limit).map(\.delivery) {
            let batch = delivery.batch
            names += [batch.id, batch.title, batch.name.text]
            names += (delivery.baseName.map { [$0] } ?? []) + delivery.fileNames
            newest.append(batch.title)
        }
        guard !names.contains(request.batch), !liesInInbox(request.batch) else { return }
        let forgotten = try await ledger.forgottenWords(timeZone: .current)
        let words = [words(request.batch, newest, names), forgotten].compactMap(\.self)
        throw CommandFailure(.usage, lines: words.map { $0.text(language) })
    }

    private func words(_ batch: String, _ newest: [String], _ names: [String]) -> Phrase {
        if let near = Spelling.nearest(to: batch, among: names) {
            return Phrase(
                "There is no batch “\(batch)”; is “\(near)” meant?", zh: "没有批次“\(batch)”；是否应为“\(near)”？")
        }
        var seen: Set<String> = []
        let last = newest.filter { seen.insert($0).inserted }.prefix(Self.shown).joined(separator: ", ")
        guard !last.isEmpty else {
            return Phrase("There is no batch “\(batch)”; none is known yet.", zh: "没有批次“\(batch)”；目前还没有任何批次。")
        }
        return Phrase("There is no batch “\(batch)”. The last ones are: \(last)", zh: "没有批次“\(batch)”。最近的批次：\(last)")
    }

    private var openBatches: [ServiceStatus.OpenBatch] { (try? state.status()?.status.batches) ?? [] }

    /// A folder that no service has looked at yet.
    private func liesInInbox(_ batch: String) -> Bool {
        guard let inbox = settings.inbox, !batch.isEmpty, !batch.contains("/"), !batch.hasPrefix(".") else {
            return false
        }
        var isFolder: ObjCBool = false
        let path = inbox.appending(batch).string
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
