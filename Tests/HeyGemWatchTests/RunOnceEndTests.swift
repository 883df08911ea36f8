import Foundation
import TestPrograms
import Testing

/// When `run --once` ends: not before what changed is looked at, and not never.
@Suite struct RunOnceEndTests {
    private func runOnce(_ share: Share, _ environment: [String: String]) async throws -> BuiltProgram.Result {
        try await BuiltProgram.run(
            ["run", "--once"] + share.options, environment: Share.quick.merging(environment) { $1 })
    }

    @Test("delivered files that stay are looked at before it ends: what was written over is delivered")
    func keptAndChanged() async throws {
        try await Share.with { share in
            let keep = ["HEYGEM_WATCH_AFTER_DELIVERY": "keep"]
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop("b/batch.ready")
            #expect(try await runOnce(share, keep).status == 0)
            #expect(try await runOnce(share, keep).status == 0)
            #expect(try share.results(".zip").count == 1)

            try share.drop(try await share.sound() + Data([0, 0, 0, 0]), "b/one.wav")
            try share.drop(Data("title: Again\n".utf8), "b/batch.ready")
            let again = try await runOnce(share, keep)

            #expect(again.status == 0, "\(again)")
            #expect(try share.results(".zip").count == 2)
        }
    }

    @Test("a default avatar that is not there is told at once")
    func noDefaultAvatar() async throws {
        try await Share.with { share in
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop("b/batch.ready")
            let result = try await runOnce(share, ["HEYGEM_WATCH_DEFAULT_AVATAR": share.root.path + "/none.png"])
            #expect(result.status == 4 && result.errors.contains("none.png"), "\(result)")
        }
    }

    @Test("other spellings of endings are as good, and what no video was made of is never deleted")
    func endings() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.jfif")
            try share.drop(try await share.sound(), "b/one.aif")
            try share.drop(Data("?".utf8), "b/take.xyz")
            try share.drop("b/batch.ready")
            let result = try await runOnce(share, ["HEYGEM_WATCH_AFTER_DELIVERY": "delete"])
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(Array(rows.keys) == ["one"], "\(result)")
            let left = try FileManager.default.subpathsOfDirectory(atPath: share.inbox.path)
            #expect(left.contains { $0.hasPrefix("_archive/") && $0.hasSuffix("/take.xyz") }, "\(left)")
        }
    }
}
