import Foundation
import TestPrograms
import Testing

/// `retry`, `cancel` and `history`, with and without a running service.
@Suite struct RequestTests {
    private static let noFace = "noface"

    /// A delivered batch “b” with one video and one item without a face.
    private func delivered(_ share: Share) async throws {
        try share.dropFace("b/avatar.png")
        try share.drop(try await share.sound(), "b/good.wav")
        try share.drop(try await share.sound(), "b/\(Self.noFace).wav")
        try share.drop(try await share.landscape(), "b/\(Self.noFace).png")
        try share.drop(Data("title: Batch B\noperator: Ms. Li\n".utf8), "b/batch.ready")
        let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)
        let zips = try share.results(".zip").count
        try #require(result.status == 1 && zips == 1, "\(result.errors)")
    }

    private func history(_ share: Share) async throws -> [[String: Any]] {
        let result = try await BuiltProgram.run(["history", "--json"] + share.options)
        try #require(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    }

    @Test("a running service takes a retry at once, delivers anew, and history tells both with who and SHA-256")
    func retry() async throws {
        try await Share.with { share in
            try await delivered(share)
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))

            let retry = try await BuiltProgram.run(["retry", "b", Self.noFace] + share.options)

            // it has no face this time either
            #expect(retry.status == 1 && retry.output.contains("Delivered: heygem_batch_result_"), "\(retry)")
            #expect(try share.results(".zip").count == 2)
            let entries = try await history(share)
            let deliveries = entries.filter { $0["event"] as? String == "delivered" }
            #expect(deliveries.count == 2)
            let names = try share.results(".zip").map(\.lastPathComponent)
            #expect(Set(deliveries.compactMap { $0["zip"] as? String }) == Set(names))
            #expect(deliveries.last?["who"] as? String == "Ms. Li")
            #expect(deliveries.first?["first"] as? String == deliveries.last?["zip"] as? String)
            for delivery in deliveries {
                let zip = share.outbox.appendingPathComponent(delivery["zip"] as? String ?? "")
                let sum = try await BuiltProgram.tool("sha256sum", [zip.path]).prefix(64)
                #expect(delivery["sha256"] as? String == String(sum))
                #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)
            }
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }

    @Test("where nothing has to be rendered, retry waits for the delivery all the same")
    func retryWithoutRender() async throws {
        try await Share.with { share in
            try await delivered(share)
            // somebody puts the face of the other item in its place: of that and the same sound there is a video
            let files = FileManager.default.enumerator(at: share.inbox, includingPropertiesForKeys: nil)?
                .compactMap { $0 as? URL }
            let failed = try #require(files?.first { $0.lastPathComponent == "\(Self.noFace).png" })
            let face = try #require(files?.first { $0.lastPathComponent == "avatar.png" })
            try Data(contentsOf: face).write(to: failed)
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))

            let retry = try await BuiltProgram.run(["retry", "b"] + share.options)

            let newest = try share.results(".zip").map(\.lastPathComponent)
            #expect(retry.status == 0 && retry.output.contains("1 of 1 rendered"), "\(retry)")
            #expect(newest.count == 2 && newest.contains { retry.output.contains("Delivered: \($0), ") }, "\(retry)")
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }

    @Test("without a service a retry waits for the next start, and history for people and sheets is there")
    func retryLater() async throws {
        try await Share.with { share in
            try await delivered(share)
            let retry = try await BuiltProgram.run(["retry", "Batch B"] + share.options)
            #expect(retry.status == 0 && retry.output.contains("when the service starts"), "\(retry)")
            _ = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)
            #expect(try share.results(".zip").count == 2)

            let table = try await BuiltProgram.run(["history"] + share.options)
            let csv = try await BuiltProgram.run(["history", "--csv", "--deliveries", "--limit", "1"] + share.options)
            let chinese = try await BuiltProgram.run(
                ["history"] + share.options, environment: ["HEYGEM_WATCH_LANGUAGE": "zh"])
            #expect(table.output.contains("Ms. Li") && table.output.contains("delivered"), "\(table)")
            let rows = CSVLines(csv.output).rows
            #expect(rows.count == 2 && rows.first?.first == "at" && rows.last?[1] == "delivered", "\(csv)")
            #expect(chinese.output.contains("已交付"), "\(chinese)")
        }
    }

    @Test("cancel ends the renders and holds the batch; retry lets it go on")
    func cancel() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.longSound(), "b/long.wav")
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("rendering"))

            let cancel = try await BuiltProgram.run(["cancel", "b"] + share.options)
            try share.drop("b/batch.ready")
            // the status is written once a second; each look takes a process's time
            var status = try await BuiltProgram.run(["status"] + share.options)
            for _ in 0..<100 where !status.output.contains("cancelled") {
                status = try await BuiltProgram.run(["status"] + share.options)
            }
            // of an open batch another case does as well
            let again = try await BuiltProgram.run(["retry", "B"] + share.options)

            #expect(cancel.status == 0 && cancel.output.contains("cancelled"), "\(cancel)")
            #expect(status.output.contains("cancelled"), "\(status)")
            #expect(again.status == 0 && again.output.contains("goes on"), "\(again)")
            service.terminate()
            #expect(await service.end().status == 0)
            #expect(try share.results(".zip").isEmpty)
        }
    }

    @Test("a batch that nobody knows ends with 2 and names the one that was meant, or the last ones")
    func unknown() async throws {
        try await Share.with { share in
            try await delivered(share)
            let near = try await BuiltProgram.run(["retry", "Batch C"] + share.options)
            let far = try await BuiltProgram.run(["retry", "something else"] + share.options)
            let item = try await BuiltProgram.run(["retry"] + share.options)
            #expect(near.status == 2 && near.errors.contains("is “Batch B” meant?"), "\(near)")
            #expect(far.status == 2 && far.errors.contains("The last ones are: Batch B"), "\(far)")
            #expect(item.status == 2)
        }
    }

    @Test("what a running service refuses ends with 1 and its sentence")
    func refused() async throws {
        try await Share.with { share in
            try await delivered(share)
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))
            let item = try await BuiltProgram.run(["retry", "b", "good"] + share.options)
            let late = try await BuiltProgram.run(["cancel", "b"] + share.options)
            #expect(item.status == 1 && item.errors.contains("nothing to try again"), "\(item)")
            #expect(late.status == 1 && late.errors.contains("too late"), "\(late)")
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }

    @Test("where no service has ever run, each says so", arguments: ["history", "status"])
    func nothingYet(command: String) async throws {
        try await Share.with { share in
            let result = try await BuiltProgram.run([command] + share.options)
            #expect(result.status == 4 && result.errors.contains("no service has run"), "\(result)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: share.state.path).isEmpty)
        }
    }
}
