import Foundation
import TestPrograms
import Testing

/// What is kept no longer, as a person sets it and sees it.
@Suite struct RetentionServiceTests {
    private static func deliver(
        _ share: Share, _ batch: String, settings: [String: String] = [:]
    ) async throws -> BuiltProgram.Result {
        try share.dropFace("\(batch)/avatar.png")
        try share.drop(try await share.sound(), "\(batch)/1.wav")
        try share.drop("\(batch)/batch.ready")
        let environment = Share.quick.merging(settings) { $1 }
        return try await BuiltProgram.run(["run", "--once"] + share.options, environment: environment)
    }

    private static func archived(_ share: Share) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: share.inbox.appendingPathComponent("_archive").path)
    }

    @Test("results, archive and history go after their time, each told once in the log and in the history")
    func settings() async throws {
        try await Share.with { share in
            #expect(try await Self.deliver(share, "first").status == 0)
            #expect(try await Self.deliver(share, "second").status == 0)
            #expect(try Self.archived(share).count == 2)
            #expect(try share.results(".zip").count == 2)

            let short = ["HEYGEM_WATCH_KEEP_RESULTS": "1ms", "HEYGEM_WATCH_KEEP_ARCHIVE": "1ms"]
            let third = try await Self.deliver(share, "third", settings: short)
            #expect(third.status == 0)
            #expect(third.errors.components(separatedBy: "old files removed").count - 1 == 6, "\(third.errors)")
            #expect(try Self.archived(share).isEmpty)
            #expect(try share.results("").filter { $0.lastPathComponent != "status.txt" }.isEmpty)
            let history = try await BuiltProgram.run(["history", "--csv"] + share.options)
            #expect(history.output.components(separatedBy: ",removed,").count - 1 == 6)
            #expect(history.output.components(separatedBy: ",delivered,").count - 1 == 3)

            let forgetful = ["HEYGEM_WATCH_KEEP_HISTORY": "1ms"]
            let fourth = try await Self.deliver(share, "fourth", settings: forgetful)
            #expect(fourth.errors.contains("history forgotten batches=4"), "\(fourth.errors)")
            let after = try await BuiltProgram.run(["history", "--csv"] + share.options)
            #expect(!after.output.contains(",delivered,"))
            let retry = try await BuiltProgram.run(["retry", "first"] + share.options)
            #expect(retry.status == 2)
            #expect(retry.errors.contains("have been forgotten"), "\(retry.errors)")
        }
    }

    @Test("by default only logs go by themselves")
    func defaults() async throws {
        try await Share.with { share in
            #expect(try await Self.deliver(share, "first").status == 0)
            let second = try await Self.deliver(share, "second")
            #expect(!second.errors.contains("removed"), "\(second.errors)")
            #expect(try Self.archived(share).count == 2)
            #expect(try share.results(".zip").count == 2)
        }
    }
}
