package import Disk
import Foundation
package import Pack

/// A ZIP of videos of one batch, with the CSV that speaks of them in front.
package struct VideoArchive {
    private let csv: [UInt8]
    private let videos: [BatchVideo]
    private let closedAt: Date
    private let timeZone: TimeZone

    package init(csv: [UInt8], _ videos: [BatchVideo], of batch: BatchRecord) {
        (self.csv, self.videos) = (csv, videos)
        (closedAt, timeZone) = (batch.closedAt, batch.timeZone)
    }

    /// Writes the archive; it is not synced.
    ///
    /// - Parameters:
    ///   - file: new and empty; where its file system shares blocks, the videos begin like blocks.
    ///   - pack: writes a video, given by its number, as an entry.
    package func write(
        to file: OpenFile, cancellation: Cancellation? = nil,
        _ pack: (_ number: Int, _ entry: Int, _ writer: inout ZipWriter) throws -> Void
    ) throws -> ZipImage {
        let sharing = try file.fileSystem().sharesBlocks
        let layout = try ZipLayout(members, alignment: sharing ? ZipLayout.blockSize : 1, timeZone: timeZone)
        var writer = try ZipWriter(layout, to: file, sharing: sharing, cancellation: cancellation)
        try writer.write(0, CollectionOfOne(csv))
        for number in videos.indices { try pack(number, number + 1, &writer) }
        return try writer.finish()
    }

    private var members: ZipMembers {
        var members = ZipMembers()
        let time = { (date: Date) in Int64(date.timeIntervalSince1970) }
        members.append(name: ArchiveCheck.tableName, size: UInt64(csv.count), modified: time(closedAt))
        for video in videos {
            members.append(
                name: video.name, size: UInt64(clamping: video.bytes), modified: time(video.finishedAt ?? closedAt))
        }
        return members
    }
}
