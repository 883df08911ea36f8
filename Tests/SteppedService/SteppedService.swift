import Foundation
import SystemPackage

/// The whole service, but for its engine, on a folder that holds `inbox`, `outbox` and `state`. It does what is there now,
/// as `run --once` does, and prints how many steps that took; or ends itself before one of them, which is given by its
/// number or by a part of its description.
///
///     SteppedService FOLDER [STEP]
@main
enum SteppedService {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else { throw Usage() }
        let counter = StepCounter(
            end: arguments.dropFirst().first, latecomer: Latecomer(inbox: folder + "/inbox"))
        try await SmallService(FilePath(folder), counter).run()
        print(counter.count)
    }

    private struct Usage: Error {}
}
