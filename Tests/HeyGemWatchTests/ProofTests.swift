import Foundation
import TestPrograms
import Testing

/// `SHA256SUMS` and files that end too early, from outside: real tools, real media, the real worker.
@Suite struct ProofTests {
    /// So long that what is hurried is told from what is not, whatever else the machine does.
    private static let slow = Share.quick.merging(["HEYGEM_WATCH_SETTLE": "5s"]) { $1 }

    /// The list of these files as a tool writes it.
    private func list(_ share: Share, of files: [String: Data], _ tool: [String]) async throws -> Data {
        let source = share.root.appendingPathComponent("source")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: source.appendingPathComponent(name)) }
        return Data(try await BuiltProgram.tool(tool[0], tool[1...] + files.keys.sorted(), in: source).utf8)
    }

    @Test(
        "listed files are rendered at once, others when they have rested",
        arguments: [["sha256sum"], ["sha256sum", "--tag"], ["openssl", "dgst", "-sha256"]])
    func atOnce(_ tool: [String]) async throws {
        try await Share.with { share in
            let sound = try await share.sound()
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Self.slow)
            try service.start()
            try #require(await service.printsError("watching"))
            try share.dropFace("b/avatar.png")
            try share.dropFace("b/listed.png")
            try share.dropFace("b/other.png")
            try share.drop(try await list(share, of: ["listed.wav": sound], tool), "b/SHA256SUMS")
            try #require(await service.printsError("listed"))
            try share.drop(sound + Data(count: 4), "b/other.wav")
            try share.drop(sound, "b/listed.wav")
            try #require(await service.printsError("rendering avatar=b/listed.png"))
            #expect(!service.errorsSoFar.contains("rendering avatar=b/other.png"))
            try #require(await service.printsError("rendering avatar=b/other.png"))
            service.terminate()
            _ = await service.end()
        }
    }

    @Test("a copy that differs from its list holds the batch until it is copied again")
    func differs() async throws {
        try await Share.with { share in
            let sound = try await share.sound()
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))
            try share.dropFace("b/one.png")
            try share.drop(try await list(share, of: ["one.wav": sound], ["sha256sum", "-b"]), "b/SHA256SUMS")
            try #require(await service.printsError("listed"))
            try share.drop(sound.prefix(sound.count / 2), "b/one.wav")
            try share.drop("b/batch.ready")
            try #require(await service.printsError("Not as b/SHA256SUMS says: one.wav (line 1) has other content"))
            #expect(try share.results(".zip").isEmpty)
            try share.drop(sound, "b/one.wav")
            try #require(await service.printsError("delivered"))
            service.terminate()
            _ = await service.end()
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["one"]?["status"] == "ok" && rows["one"]?["attempts"] == "1")
            #expect(service.errorsSoFar.components(separatedBy: "rendering avatar=").count == 2)
        }
    }

    @Test("a video that ends too early is waited for, and rendered when the rest of it has come")
    func incomplete() async throws {
        try await Share.with { share in
            let (sound, clip) = (try await share.sound(), try await share.clip(seconds: 1))
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))
            try share.drop(sound, "b/one.wav")
            try share.drop(clip.prefix(clip.count / 2), "b/one.mp4")
            try share.drop("b/batch.ready")
            try #require(await service.printsError("ends too early"))
            #expect(try share.results(".zip").isEmpty)
            // no face is in it: what counts is that it is looked at again, as a whole
            try share.drop(clip, "b/one.mp4")
            try #require(await service.printsError("delivered"))
            service.terminate()
            _ = await service.end()
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["one"]?["reason"] == "no_face")
        }
    }

    @Test("when its time is over, it is rejected, and the others are delivered")
    func rejected() async throws {
        try await Share.with { share in
            let (sound, clip) = (try await share.sound(), try await share.clip(seconds: 1))
            let times = Share.quick.merging(["HEYGEM_WATCH_INCOMPLETE_GRACE": "3s"]) { $1 }
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: times)
            try service.start()
            try #require(await service.printsError("watching"))
            try share.drop(sound, "b/one.wav")
            try share.drop(clip.prefix(clip.count / 2), "b/one.mp4")
            try share.dropFace("b/two.png")
            try share.drop(sound, "b/two.wav")
            try share.drop("b/batch.ready")
            try #require(await service.printsError("delivered"))
            service.terminate()
            _ = await service.end()
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["one"]?["reason"] == "cut" && rows["two"]?["status"] == "ok")
        }
    }
}
