import Batch
import Foundation
import Pack
import Render
import Words

/// The CSV of a delivery, and the names of its videos in the ZIP: the same for the same ledger.
struct ResultTable {
    /// A row for each item, and its video if it has one.
    let items: [BatchVideos.Item]
    private let timeZone: TimeZone

    init(delivery: DeliveryRecord, items: [ItemRecord], language: Language) {
        let positions = items.indices.filter { items[$0].status == .ok && items[$0].detail.facts != nil }
        let names = SafeName.assign(positions.map { items[$0].name.bytes + Array(".mp4".utf8) })
        let named = Dictionary(uniqueKeysWithValues: zip(positions, names))
        self.items = items.enumerated().map { position, item in
            let name = named[position]
            return BatchVideos.Item(
                row: Self.row(item, name, delivery, language),
                video: name.flatMap { BatchVideo(item, at: position, name: $0.name) })
        }
        timeZone = delivery.batch.timeZone
    }

    var csv: [UInt8] { MetadataTable.csv(items.map(\.row), timeZone: timeZone) }

    private static func row(
        _ item: ItemRecord, _ video: SafeName?, _ delivery: DeliveryRecord, _ language: Language
    ) -> MetadataRow {
        let (detail, batch) = (item.detail, delivery.batch)
        var row = MetadataRow(batch: batch.title, batchID: batch.id, item: item.name.text, status: item.status)
        row.tags = detail.tags
        row.audio = item.audio
        row.avatar = item.avatar
        row.video = video?.name
        row.reason = detail.problem?.reason.rawValue
        row.message = detail.problem?.text(language)
        row.note = Phrase.joined([detail.note, video?.note].compactMap(\.self) + notes(delivery)).text(language)
        row.engine = detail.engine
        row.attempts = detail.attempts
        row.queuedAt = detail.queuedAt
        row.startedAt = detail.startedAt
        row.finishedAt = detail.finishedAt
        if let start = detail.startedAt, let end = detail.finishedAt {
            row.renderSeconds = end.timeIntervalSince(start)
        }
        row.audioSHA256 = detail.audioSHA256
        row.avatarSHA256 = detail.avatarSHA256
        guard video != nil, let facts = detail.facts else { return row }
        row.audioSeconds = facts.audioSeconds
        row.videoSeconds = facts.videoSeconds
        row.width = facts.width
        row.height = facts.height
        row.fps = facts.fps
        row.videoCodec = facts.videoCodec
        row.audioCodec = facts.audioCodec
        row.bytes = facts.bytes
        row.crc32 = facts.crc32
        row.sha256 = facts.sha256
        return row
    }

    /// What is to be said of the batch as a whole; a table has no other place for it.
    private static func notes(_ delivery: DeliveryRecord) -> [Phrase] {
        var notes: [Phrase] = []
        if let missing = delivery.batch.shortfall, let wanted = delivery.batch.marker.expect {
            notes.append(
                Phrase(
                    "the marker expects \(wanted) items, \(missing) are missing",
                    zh: "标记文件要求 \(wanted) 项，还缺 \(missing) 项"))
        }
        if let zip = delivery.firstZip {
            notes.append(Phrase("tried again: delivered first in \(zip)", zh: "重试：首次交付见 \(zip)"))
        }
        return notes
    }
}
