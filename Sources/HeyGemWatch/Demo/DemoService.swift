import Delivery
import Foundation
import SystemPackage

/// The real service as a child process, on the demo's folders.
final class DemoService {
    private let process = Process()
    private let stage: DemoStage
    private let console = Console()

    init(stage: DemoStage) throws {
        self.stage = stage
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "run", "--inbox", stage.inbox.string, "--outbox", stage.outbox.string, "--state", stage.state.string,
        ]
        // a few megabytes: it need not wait where little is free
        process.environment = ProcessInfo.processInfo.environment.merging(["HEYGEM_WATCH_MIN_FREE": "0"]) { $1 }
        _ = FileManager.default.createFile(atPath: stage.log.string, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: stage.log.string)
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until a ZIP stands in the outbox, with a progress bar on a terminal.
    func waitForZip(patience: TimeInterval) async throws -> FilePath {
        let end = Date().addingTimeInterval(patience)
        var bar = ProgressBar()
        defer { console.show(bar: "") }
        while Date() < end {
            guard process.isRunning else { throw failure("The service ended by itself") }
            let names = try FileManager.default.contentsOfDirectory(atPath: stage.outbox.string)
            if let name = names.first(where: { $0.hasSuffix(".zip") && !$0.hasPrefix(".") }) {
                return stage.outbox.appending(name)
            }
            if let status = stage.status() { console.show(bar: bar.text(for: status, now: Date(), width: 100)) }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw failure("Nothing was delivered within \(Int(patience)) seconds")
    }

    /// Ends the service as an administrator would, and looks at its exit code.
    func stopWell() throws {
        stop()
        guard process.terminationStatus == 0 else {
            throw failure("The service ended with \(process.terminationStatus)")
        }
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    private func failure(_ text: String) -> CommandFailure {
        CommandFailure(.failedInPart, "\(text). Its log is \(stage.log.string)")
    }
}
