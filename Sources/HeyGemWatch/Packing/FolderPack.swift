import Disk
import Foundation
import Pack
import SystemPackage
import Words

/// The videos of a folder in a ZIP, or in several. Each is read once, whatever is to be told of it.
struct FolderPack {
    private let root: Folder
    private let videos: FolderVideos
    private let title: String
    private let wantsHashes: Bool
    /// The ZIPs may share blocks with the videos.
    private let isSharing: Bool
    private let renamed: [Int: SafeName]
    private let now = Int64(Date().timeIntervalSince1970)

    /// - Parameter title: of the batch, in the CSV.
    init(root: Folder, videos: FolderVideos, title: String, wantsHashes: Bool, isSharing: Bool) {
        (self.root, self.videos, self.title) = (root, videos, title)
        (self.wantsHashes, self.isSharing) = (wantsHashes, isSharing)
        renamed = SafeName.changes(of: videos.paths)
    }

    private var alignment: UInt16 { ZipLayout.alignment(sharing: isSharing) }

    /// The videos of each ZIP.
    ///
    /// - Parameter limit: of each, in bytes; nil for one ZIP of any size.
    func parts(limit: UInt64?) -> [Range<Int>] {
        guard let limit else { return [0..<videos.count] }
        let lines = (0..<videos.count).map { line($0, noSums).count }
        return PartCut.ranges(videos.count) { range in
            let tableSize = lines[range].reduce(MetadataTable.head.count, +)
            return ZipLayout.archiveSize(of: members(range, UInt64(tableSize)), alignment: alignment) <= limit
        }
    }

    /// The CSV stands first, for whoever reads the ZIP as it comes, but is written last: then all sums are known.
    func write(_ part: Range<Int>, to archive: OpenFile) throws {
        let tableSize = table(part) { _ in noSums }.reduce(0) { $0 + UInt64($1.count) }
        let layout = try ZipLayout(members(part, tableSize), alignment: alignment, timeZone: .current)
        var writer = try ZipWriter(layout, to: archive, sharing: isSharing)
        var hashes: [String] = []
        for (number, index) in part.enumerated() {
            let data = try writer.write(number + 1, from: source(index), wantsHash: wantsHashes)
            if let hash = data.sha256 { hashes.append(hash) }
        }
        let crc32s = writer.crc32s
        try writer.write(0, table(part) { ($0 < hashes.count ? hashes[$0] : nil, crc32s[$0 + 1]) })
        _ = try writer.finish()
    }

    private func members(_ part: Range<Int>, _ tableSize: UInt64) -> ZipMembers {
        var members = ZipMembers()
        members.append(name: ArchiveCheck.tableName, size: tableSize, modified: now)
        for index in part {
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

    private typealias Sums = (sha256: String?, crc32: UInt32)

    /// As long as they will be, whatever they are.
    private var noSums: Sums { (wantsHashes ? String(repeating: "0", count: 64) : nil, 0) }

    /// Line by line, for it may be long.
    ///
    /// - Parameter sums: of the part's videos, by their number in it, from 0.
    private func table(_ part: Range<Int>, _ sums: @escaping (Int) -> Sums) -> some Sequence<[UInt8]> {
        (-1..<part.count).lazy.map { number in
            number < 0 ? MetadataTable.head : line(part.lowerBound + number, sums(number))
        }
    }

    private func line(_ index: Int, _ sums: Sums) -> [UInt8] {
        var row = MetadataRow(batch: title, batchID: "", item: original(index), status: .ok)
        row.video = renamed[index]?.name ?? original(index)
        row.note = renamed[index]?.note?.text(.ofCommands)
        row.bytes = videos.sizes[index]
        (row.sha256, row.crc32) = sums
        return MetadataTable.line(row, timeZone: .current)
    }
}
