import Foundation
import TestPrograms
import Testing

/// The running service, seen from outside.
@Suite struct ServiceTests {
    @Test("files that come by cp, mv and rsync become one delivery, nothing rendered twice; SIGTERM ends it with 0")
    func writers() async throws {
        try await Share.with { share in
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))
            let elsewhere = share.root.appendingPathComponent("elsewhere")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            let folder = share.inbox.appendingPathComponent("b")
            try share.dropFace("b/avatar.png")
            let sound = try await share.sound()
            for name in ["copied", "moved", "synced"] {
                try sound.write(to: elsewhere.appendingPathComponent("\(name).wav"))
            }
            try await BuiltProgram.tool("cp", ["-p", elsewhere.path + "/copied.wav", folder.path])
            try await BuiltProgram.tool("mv", [elsewhere.path + "/moved.wav", folder.path])
            try await BuiltProgram.tool("rsync", ["-a", elsewhere.path + "/synced.wav", folder.path])
            try share.drop("b/batch.ready")
            try #require(await service.printsError("delivered"))
            service.terminate()

            let result = await service.end()

            #expect(result.status == 0, "\(result.errors)")
            try await share.expectWholeZip(videos: 3)
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows.values.allSatisfy { $0["status"] == "ok" })
            // the three sounds have the same content: one render serves them all
            #expect(rows.values.allSatisfy { $0["attempts"] == "1" })
        }
    }

    @Test("killed while it renders, it goes on at the next start and delivers once")
    func killed() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(sample: "english.wav", "b/long.wav")
            try share.drop(try await share.sound(), "b/short.wav")
            try share.drop("b/batch.ready")
            let first = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try first.start()
            try #require(await first.printsError("rendering"))
            first.kill()
            _ = await first.end()

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 0, "\(result.errors)")
            try await share.expectWholeZip(videos: 2)
            let left = try FileManager.default.contentsOfDirectory(atPath: share.outbox.path)
            #expect(left.allSatisfy { !$0.hasPrefix(".") || $0 == ".heygem-watch" }, "\(left)")
        }
    }

    @Test("what a long render does is told while it lasts")
    func progress() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.longSound(), "b/long.wav")
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("rendering"))
            var frames: Set<String> = []
            while frames.count < 3 {
                // each look takes a process's time, so this neither spins nor lasts
                let status = try await BuiltProgram.run(["status"] + share.options).output
                if let line = status.split(separator: "\n").first(where: { $0.contains("b / long: ") }) {
                    frames.insert(String(line))
                }
            }
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }

    @Test("a second service on the same inbox is refused with the name of the first")
    func oneServiceAnInbox() async throws {
        try await Share.with { share in
            let first = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try first.start()
            try #require(await first.printsError("watching"))

            let second = try await BuiltProgram.run(["run"] + share.options, environment: Share.quick)
            first.terminate()
            _ = await first.end()

            #expect(second.status == 4)
            #expect(second.errors.contains("another"), "\(second.errors)")
        }
    }
}
