import Disk
import Foundation
import Pack

/// Reads a large file on a thread of its own, with its progress on a terminal.
struct WatchedReading {
    let name: String
    let file: OpenFile

    /// Five times a second is what eyes need.
    private static let pause = Duration.milliseconds(200)

    /// - Throws: `CommandFailure` when the file can't be read.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (Cancellation) throws(ZipProblem) -> Value
    ) async throws -> Value {
        let cancellation = Cancellation()
        let console = Console()
        let size = max(1, (try? file.status().signature.size) ?? 1)
        let bar = Task {
            while !Task.isCancelled {
                console.show(bar: "\(name)  \(min(100, cancellation.progress * 100 / size)) %")
                try? await Task.sleep(for: Self.pause)
            }
        }
        defer {
            bar.cancel()
            console.show(bar: "")
        }
        do {
            return try await Task.detached { try body(cancellation) }.value
        } catch {
            throw CommandFailure(.preflight, "\(name) can't be read: \(error).")
        }
    }
}
