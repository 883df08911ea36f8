import Foundation
import TestPrograms
import Testing

/// Damaged media of every kind, twenty of each, through the real service: the same in every run. `soak/fuzz` has more.
@Suite struct FuzzTests {
    static let copies = 20

    @Test("whatever is damaged, the service lives, and each file ends as a good video or as a reason")
    func everyEndIsKnown() async throws {
        try await Share.with { share in
            let made = try await BuiltProgram.tool(
                "python3",
                [
                    "-B", BuiltProgram.repository.appendingPathComponent("Tests/HostileFiles/fuzz.py").path,
                    BuiltProgram.samples.path, share.inbox.path, "\(Self.copies)", "1",
                ])
            let count = try #require(Int(made.trimmingCharacters(in: .whitespacesAndNewlines)))
            // a damaged header may promise an hour of silence
            let environment = Share.quick.merging(["HEYGEM_WATCH_MAX_AUDIO": "10s"]) { $1 }
            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: environment)
            #expect(result.status == 1, "\(result.errors.suffix(1000))")

            let csv = try #require(try share.results(".csv").first)
            let rows = try share.rows(of: csv)
            #expect(rows.count == count)
            for (item, row) in rows where row["status"] != "ok" {
                // blame lies with the file; an end of the worker that nobody can explain would be a fault of ours
                #expect(row["status"] == "rejected", "\(item): \(row["message"] ?? "")")
                #expect(row["message"]?.isEmpty == false, "\(item)")
            }
            let videos = rows.values.filter { $0["status"] == "ok" }.count
            // most of the damage is harmless or is found: both must occur
            #expect(videos > count / 10 && videos < count, "\(videos) of \(count)")
            try await share.expectWholeZip(videos: videos)
            let zip = try #require(try share.results(".zip").first)
            let verified = try await BuiltProgram.run(["verify", zip.path])
            #expect(verified.status == 0, "\(verified.output)")
        }
    }
}
