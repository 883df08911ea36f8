package import Disk
package import Foundation
package import Pack
import Render
import SystemPackage
package import Words

/// The items of a closed batch with their videos, wherever these can still be had.
package struct BatchVideos: Sendable {
    /// A row of the batch's CSV.
    package struct Item: Sendable {
        package let row: MetadataRow
        /// nil where it never had one.
        package let video: BatchVideo?
    }

    package let batch: BatchRecord
    /// In the order of the CSV.
    package let items: [Item]
    /// nil before it was delivered.
    private let zip: FilePath?

    /// - Parameter batch: its id, the name of one of its files in the outbox, its name or its title; of several the
    ///   newest.
    /// - Returns: nil for a batch that is not known.
    package init?(of batch: String, in ledger: Ledger, language: Language) async throws {
        let family = try await ledger.family(of: batch)
        guard let delivery = family.first(where: { $0.batch.id == batch || $0.zipName == batch }) ?? family.first else {
            return nil
        }
        let records = try await ledger.items(of: delivery.batch.id)
        let table = ResultTable(delivery: delivery, items: records, language: language)
        items = records.enumerated().map { position, record in
            Item(row: table.rows[position], video: table.videos[position].flatMap { BatchVideo(record, name: $0) })
        }
        self.batch = delivery.batch
        zip = delivery.zipName.map { FilePath($0) }
    }

    /// - Parameters:
    ///   - work: where videos are kept for a while.
    ///   - outbox: where the delivered ZIP may still stand; nil where it can't be opened.
    package func reader(work: Folder, outbox: Folder?) -> BatchVideoReader {
        BatchVideoReader(work: work, zip: { [zip] in zip.flatMap { try? outbox?.open($0) } })
    }
}

/// A video as it was delivered.
package struct BatchVideo: Sendable {
    /// In the ZIP.
    package let name: String
    package let bytes: Int64
    package let crc32: UInt32
    package let finishedAt: Date?
    private let key: String
    /// The file that was checked; nil where that isn't known.
    private let file: FileSignature?

    init?(_ item: ItemRecord, name: String) {
        guard let key = item.render, let facts = item.detail.facts else { return nil }
        (self.name, self.key) = (name, key)
        (bytes, crc32, file) = (facts.bytes, facts.crc32, facts.file)
        finishedAt = item.detail.finishedAt
    }

    /// The video in the work folder, and whether nobody has touched it since it was checked.
    ///
    /// - Throws: `.noSuchFileOrDirectory`, `sourceChanged` for one of another size.
    func kept(in work: Folder) throws -> (source: ZipSource, isUntouched: Bool) {
        let opened = try work.open(WorkFolder.video(key))
        let signature = try opened.status().signature
        guard signature.size == bytes else {
            throw ZipProblem.sourceChanged(entry: name, "it has \(signature.size) bytes instead of \(bytes)")
        }
        return (try .whole(opened), file.map(signature.isSameContent) ?? false)
    }
}

extension ZipMembers {
    /// A CSV and the videos that it speaks of.
    package init(csv: [UInt8], _ videos: [BatchVideo], closedAt: Date) {
        self.init()
        let time = { (date: Date) in Int64(date.timeIntervalSince1970) }
        append(name: ArchiveCheck.tableName, size: UInt64(csv.count), modified: time(closedAt))
        for video in videos {
            append(
                name: video.name, size: UInt64(clamping: video.bytes), modified: time(video.finishedAt ?? closedAt))
        }
    }
}

/// Finds videos in the work folder, else in the ZIP that was delivered.
package struct BatchVideoReader {
    private let work: Folder
    private let zip: () -> OpenFile?
    /// Of the delivered ZIP, once it was needed; nil inside: there is none.
    private var directory: ArchiveDirectory??

    fileprivate init(work: Folder, zip: @escaping () -> OpenFile?) {
        (self.work, self.zip) = (work, zip)
    }

    /// The bytes that were kept, and whether nobody has touched them since they were checked; nil where they are gone.
    package func kept(_ video: BatchVideo) -> (source: ZipSource, isUntouched: Bool)? { try? video.kept(in: work) }

    /// The bytes in the ZIP that was delivered; nil where it is gone, or has none of that name.
    package mutating func delivered(_ video: BatchVideo) throws(ZipProblem) -> ZipSource? {
        try deliveredDirectory()?.source(of: video.name)
    }

    private mutating func deliveredDirectory() throws(ZipProblem) -> ArchiveDirectory? {
        if let directory { return directory }
        guard let zip = zip() else { return nil }
        let found = try ArchiveDirectory(zip)
        directory = .some(found)
        return found
    }
}
