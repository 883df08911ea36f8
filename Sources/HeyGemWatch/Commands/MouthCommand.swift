import ArgumentParser
import Disk
import Foundation
import Render

/// How the mouth will move, as CSV on standard output.
struct MouthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mouth", abstract: "Prints how the mouth will move: time,open,wide,round, 50 rows a second.")

    @Argument(help: "Audio file.")
    var audio: String

    /// An hour of rows has about 5 MB.
    private static let sizeLimit = 64 << 20

    func run() async throws {
        let audio = try UserFile.input(audio)
        try await ScratchFile.with { table in
            var files = WorkerFiles()
            let task = WorkerJob.Task.mouth(audio: files.add(audio), output: files.add(table, name: "mouth.csv"))
            try await WorkerTasks.run(task, files: files)
            let bytes = try table.contents(limit: Self.sizeLimit) ?? []
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        }
    }
}
