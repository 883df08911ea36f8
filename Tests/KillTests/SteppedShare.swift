import Delivery
import Disk
import Foundation
import SystemPackage
import TestPrograms
import Testing

/// Two batches with everything that can become of a file, and the service that may be ended at one of its steps.
struct SteppedShare {
    let share: Share

    static let program = BuiltProgram.folder.appendingPathComponent("SteppedService")

    static func with<Result>(_ body: (SteppedShare) async throws -> Result) async throws -> Result {
        var result: Result?
        try await Share.with { share in
            let stepped = SteppedShare(share: share)
            try stepped.fill()
            result = try await body(stepped)
        }
        return try #require(result)
    }

    /// A folder with a face for all, one sound that is none, a half, another file; loose files with a marker that says
    /// something; a batch that is held.
    private func fill() throws {
        let files: KeyValuePairs = [
            "dealers/avatar.png": "a face", "dealers/001 Anna.wav": "one", "dealers/vip/002.wav": "two",
            "dealers/bad.wav": "reject three", "dealers/alone/lonely.mp4": "half", "dealers/notes.txt": "a text",
            "dealers/batch.ready": "", "hello.wav": "hello", "hello.png": "a second face", "other.wav": "fail",
            "other.png": "a third face", "monday.batch": "title: Monday, with care\noperator: eva\ntags: [a, b]\n",
            "held/four.wav": "four", "held/four.png": "a fourth face", "held/batch.ready": "titel: wrong\n",
        ]
        for (path, text) in files { try share.drop(Data(text.utf8), path) }
    }

    /// One life of the service.
    ///
    /// - Parameter step: before which it ends: its number, or a part of its description; nil for none.
    /// - Returns: how it ended, and how many steps it made if it came to its end.
    func live(until step: String? = nil) async throws -> (result: BuiltProgram.Result, steps: Int?) {
        let result = try await BuiltProgram.run([share.root.path] + (step.map { [$0] } ?? []), of: Self.program)
        return (result, Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// What the ledger has delivered, and what it has not brought to its end.
    func deliveries() async throws -> (done: Int, open: Int) {
        let ledger = try Ledger(in: Folder(opening: FilePath(share.state.path)))
        defer { try? ledger.close() }
        return (try await ledger.recentDeliveries(limit: 9).count, try await ledger.unfinishedDeliveries().count)
    }
}
