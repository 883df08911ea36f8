import ArgumentParser
import Delivery
import Disk
import Foundation
import Pack
import StrictYAML
import SystemPackage
import Words

/// Videos as one ZIP, with a CSV: those below a folder, or those of a batch.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Packs the videos below a folder, or those of a batch, into one ZIP, with a CSV.",
        usage: """
            heygem-watch pack <folder> <zip> [--sha256] [--max-zip-size <size>] [--overwrite]
            heygem-watch pack --batch <batch> <zip> [--tag <tag> ...] [--name <pattern>] [--only-ok]
                [--max-zip-size <size>] [--overwrite]
            """,
        discussion: """
            Of a folder: all .mp4, .avi, .mov and .mkv files in it. Of a batch: its videos that are kept, else those in \
            its ZIP in the outbox, under the same names. What would be larger than --max-zip-size becomes several ZIPs \
            such as out-1of3.zip, each with the CSV of its own videos. Ends with 1 when a video can't be packed; then there is no ZIP.
            """)

    @Argument(help: "The folder, unless --batch is given; and the ZIP to make.")
    var paths: [String]

    @Option(help: "Name, title or id of a closed batch, or the name of its ZIP; the newest of that name.")
    var batch: String?

    @Option(parsing: .singleValue, help: "Only items with this tag; may be given several times.")
    var tag: [String] = []

    @Option(help: ArgumentHelp("Only items with such a name: * is any text, ? any letter.", valueName: "pattern"))
    var name: String?

    @Flag(help: "No rows for items without a video.")
    var onlyOk = false

    @Flag(help: "Also tell the SHA-256 of each video of a folder; the CSV of a batch has it anyway.")
    var sha256 = false

    @Option(help: ArgumentHelp("How large a ZIP may be, such as 4GB or 700MB.", valueName: "size"))
    var maxZipSize: String?

    @Flag(help: "Replace the ZIP if it is there.")
    var overwrite = false

    @OptionGroup var options: CommonOptions

    func validate() throws {
        let isRight = batch == nil ? paths.count == 2 : paths.count == 1
        guard isRight else {
            throw ValidationError("Give a folder and the ZIP to make, or --batch with the ZIP to make.")
        }
        guard batch != nil || (tag.isEmpty && name == nil && !onlyOk) else {
            throw ValidationError("--tag, --name and --only-ok are for --batch.")
        }
        guard batch == nil || !sha256 else { throw ValidationError("--sha256 is for folders.") }
        _ = try limit
    }

    /// In bytes; nil for none.
    private var limit: UInt64? {
        get throws(ValidationError) {
            guard let maxZipSize else { return nil }
            do {
                return UInt64(try SettingValue(text: maxZipSize).size(atLeast: Settings.leastZipSize))
            } catch {
                throw ValidationError("--max-zip-size \(error.words.text(.ofCommands)).")
            }
        }
    }

    func run() async throws {
        let output = paths[paths.count - 1]
        if let batch {
            let selection = ItemSelection(tags: Set(tag), name: name, onlyOk: onlyOk)
            try await pack(batch, selection, to: output)
        } else {
            try await packFolder(paths[0], to: output)
        }
    }

    private func packFolder(_ folder: String, to output: String) async throws {
        let root: Folder
        do throws(Errno) { root = try Folder(opening: FilePath(folder)) } catch {
            throw CommandFailure(.preflight, "\(folder) can't be opened: \(error).")
        }
        let videos = try FolderVideos(in: root)
        for path in videos.passedOver {
            let words = Phrase("passed over, for it is a link or a device: \(path)", zh: "已跳过（链接或设备文件）：\(path)")
            Console().line(words.text(.ofCommands))
        }
        guard videos.count > 0 else { throw CommandFailure(.failedInPart, "There are no videos below \(folder).") }
        let pack = FolderPack(
            root: root, videos: videos, title: FilePath(folder).lastComponent?.string ?? folder, wantsHashes: sha256,
            isSharing: try UserFile.sharesBlocks(beside: output))
        let parts = pack.parts(limit: try limit)
        try await write(to: output, parts.map(\.count)) { try pack.write(parts[$0], to: $1) }
    }

    private func pack(_ batch: String, _ selection: ItemSelection, to output: String) async throws {
        let settings = try options.settings()
        let state = try StateFolder(settings)
        try await state.withLedger { ledger in
            let language = settings.spokenLanguage
            guard let found = try await BatchVideos(of: batch, in: ledger, language: language) else {
                throw CommandFailure(
                    .usage, "There is no closed batch “\(batch)”; heygem-watch history shows those that were delivered."
                )
            }
            let pack = BatchPack(videos: found, selection: selection)
            guard pack.count > 0 else {
                throw CommandFailure(.failedInPart, "No item of “\(found.batch.title)” that is asked for has a video.")
            }
            let outbox = settings.outbox.flatMap { try? Folder(opening: $0) }
            var reader = found.reader(work: try state.work, outbox: outbox)
            let archives = pack.archives(
                limit: try limit, isSharing: try UserFile.sharesBlocks(beside: output), language)
            try await write(to: output, archives.map(\.count)) { try pack.write(archives[$0], to: $1, &reader) }
        }
    }

    /// Writes the ZIPs, and tells them.
    ///
    /// - Parameter videos: how many each has.
    private func write(
        to output: String, _ videos: [Int], _ body: (_ number: Int, OpenFile) throws -> Void
    ) async throws {
        let names = ZipPart.all(videos.count).map { name(of: $0, output) }
        let most = try limit.map(Int64.init(clamping:)) ?? .max
        var large: Set<Int> = []
        try await UserFile.outputs(names, overwrite: overwrite) { number, file in
            do { try body(number, file) } catch let problem as ZipProblem {
                throw CommandFailure(.failedInPart, "\(problem)")
            }
            if try file.status().signature.size > most { large.insert(number) }
        }
        for (number, count) in videos.enumerated() {
            let hint = large.contains(number) ? ", larger than --max-zip-size by itself" : ""
            Console().line("\(names[number]): \(count) \(count == 1 ? "video" : "videos")\(hint)")
        }
    }

    /// `out-1of3.zip` for `out.zip`.
    private func name(of part: ZipPart, _ output: String) -> String {
        let ending = FilePath(output).extension.map { ".\($0)" } ?? ""
        return output.dropLast(ending.count) + part.suffix + ending
    }
}
