import ArgumentParser
import Disk
import Foundation
import Pack
import Render
import SystemPackage
import Words

/// A finished ZIP looked over: is all of it there, and is each video the one that was delivered?
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks a ZIP: its structure, every CRC, and each video against the CSV in it.",
        discussion: """
            Also checks the .sha256 file and the CSV that lie beside it under the same name. Ends with 1 if something is \
            wrong, with 4 if the file can't be read.
            """)

    @Argument(help: ArgumentHelp("The ZIP.", valueName: "zip"))
    var zip: String

    @Flag(help: "For programs.")
    var json = false

    /// More than a checksum file of ours has.
    private static let checksumLimit = 64 << 10

    func run() async throws {
        let archive = try UserFile.input(zip).file
        let path = FilePath(zip)
        let checksumFile = try beside(path, zip + ".sha256", limit: Self.checksumLimit)
        let table = try table(beside: path)
        let report = try await WatchedReading(name: zip, file: archive).run { cancellation throws(ZipProblem) in
            try ArchiveCheck.report(
                on: archive, checksumFile: checksumFile, table: table, cancellation: cancellation)
        }
        let words = VerifyText(report: report, zip: zip, language: .ofCommands)
        print(json ? try words.json() : words.text)
        if report.verdict != .sound { throw CommandFailure(.failedInPart, "") }
    }

    /// Another program's CSV may lie beside a ZIP of `pack`.
    private func table(beside path: FilePath) throws(CommandFailure) -> [UInt8]? {
        let csv = path.removingLastComponent().appending((path.stem ?? "") + ".csv").string
        guard let bytes = try beside(path, csv, limit: ArchiveCheck.tableLimit) else { return nil }
        let isDelivery = path.lastComponent?.string.hasPrefix(SafeName.outboxBase(batchID: "")) == true
        return isDelivery || (try? MetadataFile(bytes)) != nil ? bytes : nil
    }

    /// A file that belongs to the ZIP; nil where there is none.
    private func beside(_ zip: FilePath, _ path: String, limit: Int) throws(CommandFailure) -> [UInt8]? {
        guard path != zip.string, FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try UserFile.input(path).file
        do throws(Errno) {
            guard let bytes = try file.contents(limit: limit) else { throw .fileTooLarge }
            return bytes
        } catch {
            throw CommandFailure(.preflight, "\(path) can't be read: \(error).")
        }
    }
}
