import ArgumentParser
import Foundation
import SystemPackage
import UnixSignals

/// The whole job on samples: a service is started, pairs are copied in, the marker is dropped, results appear.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Shows the whole job on samples in a folder of its own.")

    @Option(help: ArgumentHelp("Where the samples are (scripts/make-samples makes them).", valueName: "folder"))
    var samples = ".samples"

    @Option(help: ArgumentHelp("Where the demo works: a new folder, or that of an earlier demo.", valueName: "folder"))
    var folder = "demo-output"

    /// More than the slowest machine needs; a demo that hangs helps nobody.
    private static let patience = 600.0

    func run() async throws {
        let stage = try DemoStage(folder: FilePath(folder), samples: FilePath(samples))
        try await withThrowingTaskGroup { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
                    throw CommandFailure(.failedInPart, "Interrupted.")
                }
            }
            group.addTask { try await play(on: stage) }
            try await group.next()
            group.cancelAll()
        }
    }

    /// The service ends with this, however it ends.
    private func play(on stage: DemoStage) async throws {
        let started = Date()
        let service = try DemoService(stage: stage)
        defer { service.stop() }
        say("The service watches \(stage.inbox.string)")
        for drop in DemoStage.drops {
            say("copying \(drop.name)")
            try await stage.copy(drop)
        }
        say("dropping the marker \(DemoStage.marker)")
        try stage.dropMarker()
        let zip = try await service.waitForZip(patience: Self.patience)
        try service.stopWell()
        try await show(stage, zip: zip, seconds: Date().timeIntervalSince(started))
    }

    private func show(_ stage: DemoStage, zip: FilePath, seconds: TimeInterval) async throws {
        print("\n" + FolderTree.text(of: stage.outbox))
        let csv = zip.string.dropLast(".zip".count) + ".csv"
        let table = try CSVTable([UInt8](FileManager.default.contents(atPath: String(csv)) ?? Data()))
        let columns = [
            "item", "status", "tags", "audio", "avatar", "video_seconds", "width", "height", "bytes", "reason",
        ]
        print("\n" + table.text(columns: columns))
        let sheet = try await stage.contactSheet(of: zip)
        print("\nSix frames of each video: \(sheet.string)")
        print("From the first copy to the ZIP: \(Int(seconds.rounded())) seconds.")
    }

    private func say(_ text: String) {
        // not print: what it buffers would come after the bar
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
