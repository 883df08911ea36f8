import ArgumentParser
import Batch
import Delivery
import Disk
import Foundation
import Pack
import SystemPackage

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
        let (entries, rows) = try contents(of: root)
        guard !rows.isEmpty else { throw CommandFailure(.failedInPart, "There are no videos below \(folder).") }
        try await UserFile.output(output, overwrite: overwrite) { file in
            do throws(ZipProblem) { _ = try ZipWriter.write(entries, to: file, align: true) } catch {
                throw CommandFailure(.failedInPart, "\(error)")
            }
        }
        Console().line("\(output): \(rows.count) \(rows.count == 1 ? "video" : "videos")")
    }

    /// The videos in natural order of their names, the CSV behind them, and its rows.
    private func contents(of root: Folder) throws -> (entries: [ZipEntry], rows: [MetadataRow]) {
        let paths = try videos(in: root, below: FilePath())
            .map { (name: Name($0), path: $0) }.sorted { $0.name < $1.name }
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
            row.note = safe.note?.en
            row.bytes = signature.size
            row.sha256 = sha256 ? try ContentHash.sha256(of: root.open(path)) : nil
            rows.append(row)
        }
        let csv = MetadataTable.csv(rows, timeZone: .current)
        entries.append(ZipEntry(name: "metadata.csv", bytes: csv, modified: Int64(Date().timeIntervalSince1970)))
        return (entries, rows)
    }

    private var batchName: String { FilePath(folder).lastComponent?.string ?? folder }

    private func videos(in root: Folder, below path: FilePath) throws -> [FilePath] {
        try root.entries(of: path).flatMap { entry -> [FilePath] in
            let child = path.appending(entry.name)
            guard entry.name.string.first != "." else { return [] }
            switch entry.kind {
            case .folder: return try videos(in: root, below: child)
            case .regular: return Self.endings.contains(child.extension?.lowercased() ?? "") ? [child] : []
            case .symlink, .other: return []
            }
        }
    }
}
