import Batch
import Disk
import Foundation
import Pack
import Render
import SystemPackage
import Words

/// Failed items again: a new delivery of the whole batch, which names the first.
extension Publisher {
    /// Looks what there is to do, and changes nothing.
    ///
    /// - Parameters:
    ///   - batch: the id, the name of a file in the outbox, the name or the title; of several the newest.
    ///   - item: the name of the only item to be tried; nil for all that have no video.
    package func retry(batch: String, item: String?) async throws(RetryFailure) -> RetryPlan {
        let family: [DeliveryRecord]
        let items: [ItemRecord]
        var members: [(batch: String, members: [MemberRecord])] = []
        do {
            family = try await ledger.family(of: batch)
            for delivery in family {
                members.append((delivery.batch.id, try await ledger.members(of: delivery.batch.id)))
            }
            items = try await ledger.items(of: family.first?.batch.id ?? "")
        } catch {
            throw .obstructed(Obstruction(error, doing: Phrase("looking for “\(batch)”", zh: "查找“\(batch)”")))
        }
        guard let last = family.first, let first = family.last else { throw .refused(await unknown(batch)) }
        guard last.step == .archived else {
            throw .obstructed(
                Obstruction(
                    RetryTooEarly(),
                    doing: Phrase("trying “\(last.batch.title)” again", zh: "重试“\(last.batch.title)”")))
        }
        let tried = try Self.positions(item, items, last.batch)
        let places = PresentPlaces(inbox: try presentInbox(), family: members)
        let folder = last.batch.folder?.components.first.map(BatchFolder.folder) ?? .loose
        let rows = try await lookUp { () throws(Errno) in
            try items.enumerated().map { position, item throws(Errno) in
                try row(item, isTried: tried.contains(position), places, folder)
            }
        }
        guard rows.contains(where: { $0.pair != nil }) else { throw .refused(Self.allGone(last.batch)) }
        let bad = Set(items.filter { $0.status != .ok }.flatMap(\.inputs))
        let files = try await lookUp { () throws(Errno) in try places.members(bad) }
        return RetryPlan(first: first, last: last, rows: rows, members: files)
    }

    private func presentInbox() throws(RetryFailure) -> Folder {
        do { return try inbox } catch {
            throw .obstructed(Obstruction(error, doing: Phrase("looking for the files", zh: "查找文件")))
        }
    }

    private struct RetryTooEarly: ToldError {
        let phrase = Phrase("it is still being delivered; it goes on by itself", zh: "仍在交付中；之后会自动继续")
    }

    private func lookUp<Value: Sendable>(
        _ work: @escaping @Sendable () throws(Errno) -> Value
    ) async throws(RetryFailure) -> Value {
        do { return try await offPool { try work() } } catch {
            throw .obstructed(Obstruction(error, doing: Phrase("looking for the files", zh: "查找文件")))
        }
    }

    private func row(
        _ item: ItemRecord, isTried: Bool, _ places: PresentPlaces, _ folder: BatchFolder
    ) throws(Errno) -> RetryPlan.Row {
        let isLost = item.status == .ok && !hasVideo(item)
        guard isTried || isLost, let audio = item.audio, let avatar = item.avatar else {
            return RetryPlan.Row(item: item)
        }
        let isBad = item.status != .ok
        for path in [audio, avatar, item.points].compactMap(\.self) where try places.find(path, isBad: isBad) == nil {
            return RetryPlan.Row(item: item, missing: path)
        }
        guard let audioPlace = try places.find(audio, isBad: isBad),
            let avatarPlace = try places.find(avatar, isBad: isBad)
        else { return RetryPlan.Row(item: item, missing: audio) }
        let points = try item.points.flatMap { path throws(Errno) in try places.find(path, isBad: isBad) }
        let pair = Pair(
            again: folder, audio: audioPlace, avatar: avatarPlace, points: points, revision: places.revision)
        return RetryPlan.Row(item: item, pair: pair)
    }

    private func hasVideo(_ item: ItemRecord) -> Bool {
        guard let key = item.render, let facts = item.detail.facts,
            let status = try? work.status(of: WorkFolder.video(key))
        else { return false }
        return status.kind == .regular && status.signature.size == facts.bytes
    }

    /// - Returns: the positions of the items that are to be tried.
    private static func positions(
        _ name: String?, _ items: [ItemRecord], _ batch: BatchRecord
    ) throws(RetryFailure) -> Set<Int> {
        guard let name else {
            let all = items.indices.filter { items[$0].canBeTried }
            guard !all.isEmpty else { throw .refused(nothingToTry(items, batch)) }
            return Set(all)
        }
        let found = items.indices.filter { items[$0].isCalled(name) }
        guard let position = found.first, found.count == 1 else {
            throw .refused(
                Phrase(
                    "There is no item “\(name)” in \(batch.id). Its CSV has the names, in the column item.",
                    zh: "\(batch.id) 中没有名为“\(name)”的项目。名称见其 CSV 的 item 列。"))
        }
        guard items[position].canBeTried else { throw .refused(nothingToTry([items[position]], batch)) }
        return [position]
    }

    private func unknown(_ batch: String) async -> Phrase {
        let words = Phrase(
            "Nothing was delivered under the name “\(batch)”. heygem-watch history lists what was.",
            zh: "没有名为“\(batch)”的交付。可用 heygem-watch history 查看交付记录。")
        guard let forgotten = try? await ledger.forgottenWords(timeZone: .current) else { return words }
        return Phrase("\(words.en) \(forgotten.en)", zh: "\(words.zh)\(forgotten.zh)")
    }

    private static func allGone(_ batch: BatchRecord) -> Phrase {
        Phrase(
            "There is nothing to try again in \(batch.id): the files of what has no video are not in _failed any more. "
                + "Drop them anew.",
            zh: "\(batch.id) 中没有可重试的项目：没有视频的文件已不在 _failed 中。请重新放入。")
    }

    private static func nothingToTry(_ items: [ItemRecord], _ batch: BatchRecord) -> Phrase {
        items.allSatisfy { $0.status == .ok }
            ? Phrase(
                "There is nothing to try again in \(batch.id): each has its video.",
                zh: "\(batch.id) 中没有需要重试的项目：视频均已生成。")
            : Phrase(
                "There is nothing to try again in \(batch.id): what has no video has no partner either. "
                    + "Add it in _failed/\(batch.id), and move that folder back into the inbox.",
                zh: "\(batch.id) 中没有可重试的项目：没有视频的文件都缺少对应文件。请在 _failed/\(batch.id) 中补上，再把该文件夹移回输入文件夹。")
    }
}

extension ItemRecord {
    /// Whether another try may end in another way.
    fileprivate var canBeTried: Bool { status != .ok && audio != nil && avatar != nil }

    /// By its name, or that of its audio.
    fileprivate func isCalled(_ wanted: String) -> Bool {
        if name.bytes == Array(wanted.utf8) || name.text == wanted { return true }
        return audio?.lastComponent?.string == wanted || audio?.string == wanted
    }
}
