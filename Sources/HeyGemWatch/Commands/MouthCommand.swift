import ArgumentParser
import Disk
import Foundation
import Render
import SystemPackage

/// How the mouth will move, as CSV on standard output.
struct MouthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mouth", abstract: "Prints how the mouth will move: time,open,wide,round, 50 rows a second.")

    @Argument(help: "Audio file.")
    var audio: String

    /// An hour of rows has about 5 MB.
    private static let sizeLimit = 64 << 20

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let table = try Folder(opening: FilePath(folder.path)).create("mouth.csv", mode: 0o600)
        var files = WorkerFiles()
        let audio = files.add(try UserFile.input(audio))
        let output = files.add(table, name: "mouth.csv")
        try await WorkerTasks.run(.mouth(audio: audio, output: output), files: files)
        let bytes = try table.contents(limit: Self.sizeLimit) ?? []
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }
}
