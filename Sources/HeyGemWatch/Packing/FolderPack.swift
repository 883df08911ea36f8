import Disk
import Foundation
import Pack
import SystemPackage
import Words

/// One ZIP of the videos of a folder. Each is read once, whatever is to be told of it.
struct FolderPack {
    let root: Folder
    let videos: FolderVideos
    /// Of the batch, in the CSV.
    let title: String
    let wantsHashes: Bool

    /// The CSV stands first, for whoever reads the ZIP as it comes, but is written last: then all sums are known.
    func write(to archive: OpenFile) throws {
        let renamed = SafeName.changes(of: videos.paths)
        let sharing = try archive.fileSystem().sharesBlocks
        let layout = try ZipLayout(
            members(renamed), alignment: sharing ? ZipLayout.blockSize : 1, timeZone: .current)
        var writer = try ZipWriter(layout, to: archive, sharing: sharing)
        var hashes: [String] = []
        for index in 0..<videos.count {
            let data = try writer.write(index + 1, from: source(index), wantsHash: wantsHashes)
            if let hash = data.sha256 { hashes.append(hash) }
        }
        let crc32s = writer.crc32s
        try writer.write(0, table(renamed) { ($0 < hashes.count ? hashes[$0] : nil, crc32s[$0 + 1]) })
        _ = try writer.finish()
    }

    private func members(_ renamed: [Int: SafeName]) -> ZipMembers {
        var members = ZipMembers()
        // as long as it will be, whatever the sums are
        let noHash = wantsHashes ? String(repeating: "0", count: 64) : nil
        let tableSize = table(renamed) { _ in (noHash, 0) }.reduce(0) { $0 + UInt64($1.count) }
        members.append(
            name: ArchiveCheck.tableName, size: tableSize, modified: Int64(Date().timeIntervalSince1970))
        for index in 0..<videos.count {
            members.append(
                name: renamed[index]?.name ?? original(index), size: UInt64(videos.sizes[index]),
                modified: videos.times[index])
        }
        return members
    }

    private func source(_ index: Int) throws(ZipProblem) -> ZipSource {
        do { return try .whole(root.open(videos.path(index))) } catch {
            throw .unreadable(entry: original(index), error)
        }
    }

    private func original(_ index: Int) -> String { String(decoding: videos.paths[index], as: UTF8.self) }

    /// Line by line, for it may be long.
    private func table(
        _ renamed: [Int: SafeName], _ sums: @escaping (Int) -> (sha256: String?, crc32: UInt32)
    ) -> some Sequence<[UInt8]> {
        (-1..<videos.count).lazy.map { index in
            guard index >= 0 else { return MetadataTable.head }
            var row = row(index, renamed[index])
            (row.sha256, row.crc32) = sums(index)
            return MetadataTable.line(row, timeZone: .current)
        }
    }

    private func row(_ index: Int, _ renamed: SafeName?) -> MetadataRow {
        var row = MetadataRow(batch: title, batchID: "", item: original(index), status: .ok)
        row.video = renamed?.name ?? original(index)
        row.note = renamed?.note?.text(.ofCommands)
        row.bytes = videos.sizes[index]
        return row
    }
}
