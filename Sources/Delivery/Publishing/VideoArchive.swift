package import Disk
import Foundation
package import Pack
package import Words

/// A ZIP of videos of one batch, with the CSV that speaks of them in front.
package struct VideoArchive {
    package let rows: [MetadataRow]
    private let csv: [UInt8]
    private let videos: [BatchVideo]
    private let batch: BatchRecord
    private let isSharing: Bool

    /// - Parameter isSharing: its file system may share blocks with that of the videos, so that they begin like blocks.
    package init(_ items: some Collection<BatchVideos.Item>, of batch: BatchRecord, isSharing: Bool) {
        rows = items.map(\.row)
        csv = MetadataTable.csv(rows, timeZone: batch.timeZone)
        videos = items.compactMap(\.video)
        (self.batch, self.isSharing) = (batch, isSharing)
    }

    /// Of videos.
    package var count: Int { videos.count }

    /// Writes the archive; it is not synced.
    ///
    /// - Parameters:
    ///   - file: new and empty.
    ///   - pack: writes a video as the entry of this number.
    package func write(
        to file: OpenFile, cancellation: Cancellation? = nil,
        _ pack: (_ video: BatchVideo, _ entry: Int, _ writer: inout ZipWriter) throws -> Void
    ) throws -> ZipImage {
        let members = Self.members(csv.count, videos, of: batch)
        let layout = try ZipLayout(
            members, alignment: ZipLayout.alignment(sharing: isSharing), timeZone: batch.timeZone)
        var writer = try ZipWriter(layout, to: file, sharing: isSharing, cancellation: cancellation)
        try writer.write(0, CollectionOfOne(csv))
        for (number, video) in videos.enumerated() { try pack(video, number + 1, &writer) }
        return try writer.finish()
    }

    private static func members(
        _ tableSize: Int, _ videos: some Sequence<BatchVideo>, of batch: BatchRecord
    ) -> ZipMembers {
        var members = ZipMembers()
        let time = { (date: Date) in Int64(date.timeIntervalSince1970) }
        members.append(name: ArchiveCheck.tableName, size: UInt64(tableSize), modified: time(batch.closedAt))
        for video in videos {
            members.append(
                name: video.name, size: UInt64(clamping: video.bytes),
                modified: time(video.finishedAt ?? batch.closedAt))
        }
        return members
    }
}

extension VideoArchive {
    /// The archives that a batch's items go into, in their order, each with the rows of its own items: one, or as many
    /// as it takes for each to be no larger than `limit`. A video that is larger than that by itself has one of its own,
    /// and its note says so.
    ///
    /// - Parameters:
    ///   - limit: of the whole file, in bytes; nil for none.
    ///   - language: of that note.
    package static func parts(
        of items: [BatchVideos.Item], of batch: BatchRecord, limit: UInt64?, isSharing: Bool, language: Language
    ) -> [VideoArchive] {
        guard let limit else { return [VideoArchive(items, of: batch, isSharing: isSharing)] }
        let lines = items.map { MetadataTable.line($0.row, timeZone: batch.timeZone).count }
        let fits = { (range: Range<Int>) -> Bool in
            let tableSize = lines[range].reduce(MetadataTable.head.count, +)
            let members = members(tableSize, items[range].lazy.compactMap(\.video), of: batch)
            return ZipLayout.archiveSize(of: members, alignment: ZipLayout.alignment(sharing: isSharing)) <= limit
        }
        return PartCut.ranges(items.count, fits).map { range in
            var part = Array(items[range])
            if part.count == 1, part[0].video != nil, !fits(range) { part[0].row.add(tooLarge, language) }
            return VideoArchive(part, of: batch, isSharing: isSharing)
        }
    }

    /// The CSV of all archives together. Where they are several it says which has what.
    static func table(of archives: [VideoArchive], timeZone: TimeZone, _ language: Language) -> [UInt8] {
        let rows = archives.enumerated().flatMap { number, archive in
            guard archives.count > 1 else { return archive.rows }
            let place = Phrase(
                "in ZIP \(number + 1) of \(archives.count)", zh: "在第 \(number + 1) 个 ZIP 中（共 \(archives.count) 个）")
            return archive.rows.map { row in
                guard row.video != nil else { return row }
                var row = row
                row.add(place, language)
                return row
            }
        }
        return MetadataTable.csv(rows, timeZone: timeZone)
    }

    private static let tooLarge = Phrase(
        "larger than max_zip_size: alone in its ZIP", zh: "超过 max_zip_size：单独放入一个 ZIP")
}

extension MetadataRow {
    /// Behind what there is to say already.
    mutating func add(_ phrase: Phrase, _ language: Language) {
        let said = note.map { [Phrase(verbatim: $0)] } ?? []
        note = Phrase.joined(said + [phrase]).text(language)
    }
}
