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

    /// The video in the work folder.
    ///
    /// - Throws: `.noSuchFileOrDirectory`, `sourceChanged` for one of another size.
    func kept(in work: Folder) throws -> KeptVideo {
        let opened = try work.open(WorkFolder.video(key))
        let signature = try opened.status().signature
        guard signature.size == bytes else {
            throw ZipProblem.sourceChanged(entry: name, "it has \(signature.size) bytes instead of \(bytes)")
        }
        return KeptVideo(
            source: try .whole(opened), crc32: crc32, isUntouched: file.map(signature.isSameContent) ?? false)
    }
}

/// A video that was kept after its check.
package struct KeptVideo: Sendable {
    fileprivate let source: ZipSource
    fileprivate let crc32: UInt32
    /// Nobody has touched it since.
    fileprivate let isUntouched: Bool

    /// - Parameter trusting: where nobody has touched it its bytes needn't be read.
    /// - Returns: whether they are those that were checked.
    /// - Throws: as `ZipWriter.write`.
    package func pack(
        as index: Int, trusting: Bool = true, to writer: inout ZipWriter
    ) throws(ZipProblem) -> Bool {
        try writer.write(index, from: source, crc32: trusting && isUntouched ? crc32 : nil).crc32 == crc32
    }
}

/// Finds videos in the work folder, else in the ZIP that was delivered.
package struct BatchVideoReader {
    private let work: Folder
    private let zip: () -> OpenFile?
    /// Of the delivered ZIP, once it was needed.
    private var directory: ArchiveDirectory?

    fileprivate init(work: Folder, zip: @escaping () -> OpenFile?) {
        (self.work, self.zip) = (work, zip)
    }

    /// Nil where it is gone.
    package func kept(_ video: BatchVideo) -> KeptVideo? { try? video.kept(in: work) }

    /// The bytes in the ZIP that was delivered; nil where it is gone, or has none of that name.
    package mutating func delivered(_ video: BatchVideo) throws(ZipProblem) -> ZipSource? {
        if directory == nil, let zip = zip() { directory = try ArchiveDirectory(zip) }
        return try directory?.source(of: video.name)
    }
}
