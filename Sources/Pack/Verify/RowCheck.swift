import Words

/// Holds what an archive has against what its table says.
struct RowCheck {
    private let contents: FoundContents
    private var seen: Set<String> = []
    private(set) var items: [ArchiveReport.Item] = []
    private(set) var withoutVideo = 0

    init(_ contents: FoundContents) { self.contents = contents }

    mutating func check(_ table: MetadataFile) {
        for row in table.rows {
            let video = row["video"]
            guard !video.isEmpty || row["status"] == MetadataRow.Status.ok.rawValue else {
                withoutVideo += 1
                continue
            }
            var problems = video.isEmpty ? [] : contents.faults(of: video)
            if video.isEmpty {
                problems.append(Phrase("its row is ok but names no video", zh: "状态为 ok，但没有写视频名称"))
            } else if !seen.insert(video).inserted {
                problems.append(Phrase("two rows name the same video", zh: "有两行写了同一个视频"))
            } else if let entry = contents[video] {
                problems += differences(entry, row)
            } else if problems.isEmpty {
                problems.append(Phrase("it is missing in the ZIP", zh: "ZIP 中缺少该文件"))
            }
            items.append(ArchiveReport.Item(name: row["item"], video: video, problems: problems))
        }
    }

    /// Entries that no row speaks of.
    func strays(besides table: String) -> [Phrase] {
        contents.names.filter { $0 != table && !seen.contains($0) }.flatMap { name in
            [Phrase("“\(name)” is in it, but no row of \(table) names it", zh: "其中有“\(name)”，但 \(table) 中没有对应的行")]
                + contents.faults(of: name).map { $0.map { "“\(name)”: \($0)" } }
        }
    }

    private func differences(_ entry: FoundContents.Found, _ row: MetadataFile.Row) -> [Phrase] {
        var differing: [String] = []
        if !row["bytes"].isEmpty, UInt64(row["bytes"]) != entry.size { differing.append("bytes") }
        if !row["crc32"].isEmpty, UInt32(row["crc32"], radix: 16) != entry.sums.crc32 { differing.append("crc32") }
        if !row["sha256"].isEmpty, row["sha256"].lowercased() != entry.sums.sha256 { differing.append("sha256") }
        guard !differing.isEmpty else { return [] }
        let columns = differing.joined(separator: ", ")
        return [
            Phrase(
                "it is not the video that metadata.csv describes (\(columns) differ)",
                zh: "与 metadata.csv 的记录不符（\(columns)）")
        ]
    }
}
