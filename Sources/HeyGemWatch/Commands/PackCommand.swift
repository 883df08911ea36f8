import ArgumentParser
import Batch
import Delivery
import Disk
import Foundation
import Pack
import SystemPackage
import Words

/// The videos below a folder as one ZIP, with a CSV.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Packs the videos below a folder into one ZIP, with a CSV.")

    @Argument(help: "Folder with .mp4, .avi, .mov or .mkv files.")
    var folder: String

    @Argument(help: "The ZIP to make.")
    var output: String

    @Flag(help: "Also tell the SHA-256 of each video in the CSV; reads everything once more.")
    var sha256 = false

    @Flag(help: "Replace OUT.zip if it is there.")
    var overwrite = false

    private static let endings: Set<String> = ["mp4", "avi", "mov", "mkv"]

    func run() async throws {
        let root: Folder
        do throws(Errno) { root = try Folder(opening: FilePath(folder)) } catch {
            throw CommandFailure(.preflight, "\(folder) can't be opened: \(error).")
        }
        let found = try videos(in: root, below: FilePath())
        let console = Console()
        for path in found.passedOver {
            let words = Phrase("passed over, for it is a link or a device: \(path)", zh: "已跳过（链接或设备文件）：\(path)")
            console.line(words.text(.ofCommands))
        }
        let (entries, rows) = try contents(of: root, found.videos)
        guard !rows.isEmpty else { throw CommandFailure(.failedInPart, "There are no videos below \(folder).") }
        try await UserFile.output(output, overwrite: overwrite) { file in
            do throws(ZipProblem) { _ = try ZipWriter.write(entries, to: file, align: true) } catch {
                throw CommandFailure(.failedInPart, "\(error)")
            }
        }
        console.line("\(output): \(rows.count) \(rows.count == 1 ? "video" : "videos")")
    }

    /// The videos in natural order of their names, the CSV behind them, and its rows.
    private func contents(
        of root: Folder, _ videos: [FilePath]
    ) throws -> (entries: [ZipEntry], rows: [MetadataRow]) {
        let paths = videos.map { (name: Name($0), path: $0) }.sorted { $0.name < $1.name }
        let language = Language.ofCommands
        var entries: [ZipEntry] = []
        var rows: [MetadataRow] = []
        for ((name, path), safe) in zip(paths, SafeName.assign(paths.map(\.name.bytes))) {
            let signature = try root.status(of: path).signature
            entries.append(
                ZipEntry(
                    name: safe.name, size: signature.size, crc32: nil, modified: signature.modified / 1_000_000_000,
                    source: .opening { Result { () throws(Errno) in try root.open(path) } }))
            var row = MetadataRow(batch: batchName, batchID: "", item: name.text, status: .ok)
            row.video = safe.name
            row.note = safe.note?.text(language)
            row.bytes = signature.size
            row.sha256 = sha256 ? try ContentHash.sha256(of: root.open(path)) : nil
            rows.append(row)
        }
        let csv = MetadataTable.csv(rows, timeZone: .current)
        entries.append(ZipEntry(name: "metadata.csv", bytes: csv, modified: Int64(Date().timeIntervalSince1970)))
        return (entries, rows)
    }

    private var batchName: String { FilePath(folder).lastComponent?.string ?? folder }

    /// Hidden names are left alone.
    ///
    /// - Returns: also what is named like a video or leads somewhere, but is a link or a device.
    private func videos(
        in root: Folder, below path: FilePath
    ) throws -> (videos: [FilePath], passedOver: [FilePath]) {
        var (videos, passedOver): ([FilePath], [FilePath]) = ([], [])
        for entry in try root.entries(of: path) where entry.name.string.first != "." {
            let child = path.appending(entry.name)
            switch entry.kind {
            case .folder:
                let deeper = try self.videos(in: root, below: child)
                videos += deeper.videos
                passedOver += deeper.passedOver
            case .regular:
                if Self.endings.contains(child.extension?.lowercased() ?? "") { videos.append(child) }
            case .symlink, .other: passedOver.append(child)
            }
        }
        return (videos, passedOver)
    }
}
