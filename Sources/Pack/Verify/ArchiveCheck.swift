package import Disk
import Words

/// Looks a finished ZIP over, long after its delivery: headers, CRCs, what `metadata.csv` says of each video, and the
/// files beside it. One reading; a second one only where the headers can't be followed any more.
package enum ArchiveCheck {
    /// The table in the archive.
    package static let tableName = "metadata.csv"
    /// More than the table of a million items has.
    package static let tableLimit = 512 << 20

    /// - Parameters:
    ///   - checksumFile: content of `<name>.sha256` beside it, if there is one.
    ///   - table: content of the CSV beside it, if there is one.
    ///   - cancellation: is told how far it is.
    /// - Throws: `archiveUnreadable`.
    package static func report(
        on archive: OpenFile, checksumFile: [UInt8]?, table: [UInt8]?, cancellation: Cancellation? = nil
    ) throws(ZipProblem) -> ArchiveReport {
        let keeping = EntryKeeping(hashes: true, name: tableName, limit: tableLimit)
        var walk = ArchiveWalk(archive, keeping: keeping, cancellation)
        try walk.run()
        try walk.finish()
        var report = ArchiveReport(verdict: .sound, bytes: Int64(clamping: walk.offset), sha256: walk.sha256)
        var contents = FoundContents(walk.locals, faults: walk.faults, archiveSize: walk.offset)
        if !walk.faults.isEmpty {
            let directory = try ArchiveDirectory(archive)
            guard walk.isOurs || directory?.isOurs == true else {
                return stranger(report, hasDirectory: directory != nil)
            }
            if walk.breakOffset != nil { try directory?.read(into: &contents, keeping: keeping) }
        }
        judge(&report, contents, table: table)
        compare(&report, checksumFile: checksumFile)
        let isSound = report.problems.isEmpty && report.items.allSatisfy(\.problems.isEmpty)
        report.verdict = isSound ? .sound : .damaged
        return report
    }

    /// Not one of ours.
    private static func stranger(_ report: ArchiveReport, hasDirectory: Bool) -> ArchiveReport {
        var report = report
        report.verdict = hasDirectory ? .foreign : .noZip
        report.problems = [
            report.bytes == 0
                ? Phrase("it is empty", zh: "文件是空的")
                : hasDirectory
                    ? Phrase(
                        "it is a ZIP that HeyGemWatch did not make, or that another program has packed anew, so there is nothing to check it against",
                        zh: "这不是 HeyGemWatch 生成的 ZIP，或已被其他程序重新打包，因此无法核对")
                    : Phrase(
                        "it is not a ZIP of HeyGemWatch, or only a piece of one", zh: "这不是 HeyGemWatch 的 ZIP，或者只是其中一部分")
        ]
        return report
    }

    /// Finds the table, and holds its rows against the entries.
    private static func judge(_ report: inout ArchiveReport, _ contents: FoundContents, table: [UInt8]?) {
        report.problems += contents.faults(of: nil)
        let inside = contents[tableName]?.bytes
        if let table, let inside { report.table = inside == table ? .agrees : .differs }
        if report.table == .differs {
            report.problems.append(
                Phrase("the CSV beside it is not the one that is in it", zh: "旁边的 CSV 与其中的 CSV 不同"))
        }
        let faults = contents.faults(of: tableName)
        report.problems += faults.map { $0.map { "\(tableName): \($0)" } }
        if inside == nil {
            report.problems.append(Phrase("\(tableName) is missing", zh: "缺少 \(tableName)"))
        }
        // what is damaged is only believed where there is nothing better
        if let bytes = faults.isEmpty ? inside ?? table : table ?? inside {
            hold(contents, against: bytes, &report)
        } else {
            report.items = contents.names.filter { $0 != tableName }.map {
                ArchiveReport.Item(name: $0, video: $0, problems: contents.faults(of: $0))
            }
        }
    }

    private static func hold(_ contents: FoundContents, against table: [UInt8], _ report: inout ArchiveReport) {
        do throws(CSVProblem) {
            var rows = RowCheck(contents)
            rows.check(try MetadataFile(table))
            (report.items, report.rowsWithoutVideo) = (rows.items, rows.withoutVideo)
            report.problems += rows.strays(besides: tableName)
        } catch {
            report.problems.append(
                Phrase(
                    "\(tableName), line \(error.line): \(error.what.en)",
                    zh: "\(tableName) 第 \(error.line) 行：\(error.what.zh)"))
        }
    }

    private static func compare(_ report: inout ArchiveReport, checksumFile: [UInt8]?) {
        guard let checksumFile else { return }
        guard let wanted = ChecksumFile.sha256(in: checksumFile) else {
            report.checksumFile = .differs
            report.problems.append(
                Phrase("the .sha256 file beside it holds no SHA-256", zh: "旁边的 .sha256 文件中没有 SHA-256"))
            return
        }
        report.checksumFile = wanted == report.sha256 ? .agrees : .differs
        guard report.checksumFile == .differs else { return }
        report.problems.append(
            Phrase("its SHA-256 is not the one in the .sha256 file beside it", zh: "其 SHA-256 与旁边 .sha256 文件中的不同"))
    }
}

extension ArchiveDirectory {
    /// Whether any entry looks like one of `ZipWriter`'s.
    fileprivate var isOurs: Bool {
        entries.contains { $0.central.record.looksOurs && $0.central.attributes == ZipFormat.attributes }
    }

    /// Reads the entries that the walk did not reach.
    fileprivate func read(into contents: inout FoundContents, keeping: EntryKeeping) throws(ZipProblem) {
        var budget = contents.archiveSize
        for entry in entries where contents[entry.central.record.title] == nil {
            let name = entry.central.record.title
            let data = try data(of: entry, keeping: keeping, budget: &budget)
            contents.add(name, size: entry.size, data: data, expecting: entry.central.record.crc32)
        }
    }
}
