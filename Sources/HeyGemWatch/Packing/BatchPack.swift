import Delivery
import Disk
import Foundation
import Glibc
import Pack
import SystemPackage
import Words

/// Which items of a batch are wanted.
struct ItemSelection {
    /// Items with any of these; empty for all.
    var tags: Set<String>
    /// A pattern of the shell, for names as the CSV has them; nil for all.
    var name: String?
    var onlyOk: Bool

    func contains(_ item: BatchVideos.Item) -> Bool {
        (tags.isEmpty || !tags.isDisjoint(with: item.row.tags)) && (!onlyOk || item.video != nil)
            && (name.map { fnmatch($0, item.row.item, 0) == 0 } ?? true)
    }
}

/// Items of a batch, with their rows of its CSV.
struct BatchPack {
    private let batch: BatchRecord
    private let items: [BatchVideos.Item]

    init(videos: BatchVideos, selection: ItemSelection) {
        batch = videos.batch
        items = videos.items.filter(selection.contains)
    }

    /// Of videos.
    var count: Int { items.count { $0.video != nil } }

    /// The ZIPs that they go into.
    ///
    /// - Parameters:
    ///   - limit: of each, in bytes; nil for one ZIP of any size.
    ///   - isSharing: they may share blocks with other files of their file system.
    func archives(limit: UInt64?, isSharing: Bool, _ language: Language) -> [VideoArchive] {
        VideoArchive.parts(of: items, of: batch, limit: limit, isSharing: isSharing, language: language)
    }

    func write(_ archive: VideoArchive, to file: OpenFile, _ reader: inout BatchVideoReader) throws {
        _ = try archive.write(to: file) { video, entry, writer in
            try write(video, as: entry, &reader, to: &writer)
        }
    }

    /// Whatever comes from elsewhere than it was checked is read, and taken if it is what was checked.
    private func write(
        _ video: BatchVideo, as index: Int, _ reader: inout BatchVideoReader, to writer: inout ZipWriter
    ) throws {
        if let kept = reader.kept(video), try kept.pack(as: index, to: &writer) { return }
        guard let source = try reader.delivered(video), try writer.write(index, from: source).crc32 == video.crc32
        else { throw lost(video) }
    }

    private func lost(_ video: BatchVideo) -> CommandFailure {
        CommandFailure(
            .failedInPart,
            "“\(video.name)” can't be had any more, neither as it was kept nor from the ZIP in the outbox. To make it again: heygem-watch retry "
                + batch.id)
    }
}
