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
        package internal(set) var row: MetadataRow
        /// nil where it never had one.
        package let video: BatchVideo?
    }

    package let batch: BatchRecord
    /// In the order of the CSV.
    package let items: [Item]
    /// Where it was delivered; empty before.
    private let zips: [FilePath]

    /// - Parameter batch: its id, the name of one of its files in the outbox, its name or its title; of several the
    ///   newest.
    /// - Returns: nil for a batch that is not known.
    package init?(of batch: String, in ledger: Ledger, language: Language) async throws {
        let family = try await ledger.family(of: batch)
        guard
            let delivery = family.first(where: { $0.batch.id == batch || $0.fileNames.contains(batch) }) ?? family.first
        else {
            return nil
        }
        let records = try await ledger.items(of: delivery.batch.id)
        let table = ResultTable(delivery: delivery, items: records, language: language)
        items = table.items
        self.batch = delivery.batch
        zips = delivery.zipNames
    }

    /// - Parameters:
    ///   - work: where videos are kept for a while.
    ///   - outbox: where the delivered ZIPs may still stand; nil where it can't be opened.
    package func reader(work: Folder, outbox: Folder?) -> BatchVideoReader {
        BatchVideoReader(work: work, outbox: outbox, zips: zips)
    }
}

/// A video as it was delivered.
package struct BatchVideo: Sendable {
    /// In the ZIP.
    package let name: String
    /// Of its row in the batch's CSV.
    let position: Int
    package let bytes: Int64
    package let crc32: UInt32
    package let finishedAt: Date?
    private let key: String
    /// The file that was checked; nil where that isn't known.
    private let file: FileSignature?

    init?(_ item: ItemRecord, at position: Int, name: String) {
        guard let key = item.render, let facts = item.detail.facts else { return nil }
        (self.name, self.position, self.key) = (name, position, key)
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
    /// - Returns: whether they are those that were checked; a disk may give others although nobody has touched the file.
    /// - Throws: `unreadable`, `unwritable`.
    package func pack(
        as index: Int, trusting: Bool = true, to writer: inout ZipWriter
    ) throws(ZipProblem) -> Bool {
        do {
            return try writer.write(index, from: source, crc32: trusting && isUntouched ? crc32 : nil).crc32 == crc32
        } catch {
            guard case .sourceChanged = error else { throw error }
            return false
        }
    }
}

/// Finds videos in the work folder, else in the ZIPs that were delivered.
package struct BatchVideoReader {
    private let work: Folder
    private let outbox: Folder?
    private let zips: [FilePath]
    /// The one of them where the last video was looked for.
    private var opened: (number: Int, directory: ArchiveDirectory?)?

    fileprivate init(work: Folder, outbox: Folder?, zips: [FilePath]) {
        (self.work, self.outbox, self.zips) = (work, outbox, zips)
    }

    /// Nil where it is gone.
    package func kept(_ video: BatchVideo) -> KeptVideo? { try? video.kept(in: work) }

    /// The bytes in the ZIP that was delivered; nil where it is gone, or has none of that name.
    package mutating func delivered(_ video: BatchVideo) throws(ZipProblem) -> ZipSource? {
        // videos come in the order of the ZIPs: mostly it is in the one that is open
        let last = opened?.number ?? 0
        for number in Array(last..<zips.count) + Array(0..<last) {
            if let source = try directory(of: number)?.source(of: video.name) { return source }
        }
        return nil
    }

    private mutating func directory(of number: Int) throws(ZipProblem) -> ArchiveDirectory? {
        if let opened, opened.number == number { return opened.directory }
        let zip = try? outbox?.open(zips[number])
        let directory = try zip.flatMap { zip throws(ZipProblem) in try ArchiveDirectory(zip) }
        opened = (number, directory)
        return directory
    }
}
