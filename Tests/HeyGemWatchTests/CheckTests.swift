import Foundation
import TestPrograms
import Testing

/// The preflight on real folders, with the real worker.
@Suite struct CheckTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var id: String
            var grade: String
            var done: String
            var mend: String?
        }

        var ok: Bool
        var findings: [Finding]

        subscript(id: String) -> Finding? { findings.first { $0.id == id } }
    }

    private func check(
        _ share: Share, _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> (status: Int32, report: Report) {
        let result = try await BuiltProgram.run(
            ["check", "--json"] + share.options + arguments, environment: environment)
        return (result.status, try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)))
    }

    /// Every name below the share.
    private func names(_ share: Share) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: share.root.path).sorted()
    }

    @Test("where all is well everything is tried, nothing is left behind, and the exit code is 0")
    func well() async throws {
        try await Share.with { share in
            try share.drop(sample: "portrait.png", "b/avatar.png")
            try FileManager.default.removeItem(at: share.state)
            let before = try names(share)

            let (status, report) = try await check(share)

            #expect(status == 0 && report.ok, "\(report.findings.filter { $0.grade == "problem" })")
            let tried = [
                "inbox.write", "inbox.rename", "inbox.link", "inbox.delete", "inbox.events", "inbox.lease",
                "inbox.clock", "inbox.lock", "outbox.write", "outbox.rename", "outbox.owner", "outbox.space",
                "state.write", "state.space", "state.disk", "state.ledger", "inbox.service", "host.inotify",
                "host.clock", "host.user", "worker.sandbox", "engine.builtin", "engine.face_models",
            ]
            #expect(Set(report.findings.map(\.id)).isSuperset(of: tried), "\(report.findings.map(\.id))")
            #expect(report.findings.allSatisfy { $0.grade == "ok" || $0.mend?.isEmpty == false })
            #expect(try names(share) == before)
        }
    }

    struct Trouble: Sendable, CustomTestStringConvertible {
        var id: String
        var environment: [String: String] = [:]
        /// Replaces one of the folders.
        var options: [String] = []
        var says = ""
        var testDescription: String { id + says }
    }

    static let troubles = [
        Trouble(id: "outbox.open", options: ["--outbox", "/none/of/this"], says: "outbox /none/of/this"),
        Trouble(id: "inbox.open", options: ["--inbox", "/none/of/this"], says: "inbox /none/of/this"),
        // a file system in which nobody may make files
        Trouble(id: "outbox.write", options: ["--outbox", "/proc/self"], says: "/proc/self"),
        Trouble(id: "outbox.owner", environment: ["HEYGEM_WATCH_OWNER": "nobody-of-that-name"], says: "nobody-of"),
        Trouble(id: "settings.default_avatar", environment: ["HEYGEM_WATCH_DEFAULT_AVATAR": "/none.png"], says: "none"),
    ]

    @Test("what is missing is a problem with what to do, and the exit code is 4", arguments: troubles)
    func trouble(_ trouble: Trouble) async throws {
        try await Share.with { share in
            let before = try names(share)
            let (status, report) = try await check(share, trouble.options, environment: trouble.environment)
            #expect(status == 4 && !report.ok)
            let finding = try #require(report[trouble.id])
            #expect(finding.grade == "problem" && finding.mend?.isEmpty == false)
            #expect(finding.done.contains(trouble.says), "\(finding)")
            #expect(try names(share) == before)
        }
    }

    @Test("what needs a folder that can't be written is not tried: a cause counts once")
    func consequences() async throws {
        try await Share.with { share in
            for (role, skipped) in [("inbox", "inbox.events"), ("outbox", "outbox.owner"), ("state", "state.ledger")] {
                // a file system in which nobody may make files
                let (status, report) = try await check(share, ["--\(role)", "/proc/self"])
                #expect(status == 4)
                let ids = report.findings.filter { $0.grade == "problem" && $0.id != "state.disk" }.map(\.id)
                #expect(ids == ["\(role).write"], "\(ids)")
                #expect(report[skipped]?.grade == "skipped")
            }
        }
    }

    @Test("only a ledger that is damaged is to be moved aside")
    func ledger() async throws {
        try await Share.with { share in
            let file = share.state.appendingPathComponent("ledger.sqlite")
            try Data(repeating: 0x41, count: 8192).write(to: file)
            let damaged = try #require(try await check(share).report["state.ledger"])
            #expect(damaged.mend?.contains("move ledger.sqlite aside") == true, "\(damaged)")
            try FileManager.default.removeItem(at: file)
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
            let barred = try #require(try await check(share).report["state.ledger"])
            #expect(barred.grade == "problem" && barred.mend?.contains("aside") == false, "\(barred)")
            #expect(!barred.done.contains("Domain="), "\(barred)")
        }
    }

    @Test("a default avatar has to have a face")
    func defaultAvatar() async throws {
        try await Share.with { share in
            let good = BuiltProgram.samples.appendingPathComponent("presenter.png").path
            let bad = share.root.appendingPathComponent("bad.png")
            try await share.landscape().write(to: bad)
            let first = try await check(share, environment: ["HEYGEM_WATCH_DEFAULT_AVATAR": good])
            let second = try await check(share, environment: ["HEYGEM_WATCH_DEFAULT_AVATAR": bad.path])
            #expect(first.report["settings.default_avatar"]?.grade == "ok")
            #expect(second.report["settings.default_avatar"]?.grade == "problem" && second.status == 4)
        }
    }

    @Test("while the service runs, check says so and does not disturb it")
    func running() async throws {
        try await Share.with { share in
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("watching"))
            let (status, report) = try await check(share)
            #expect(status == 0, "\(report.findings.filter { $0.grade == "problem" })")
            #expect(report["inbox.service"]?.done.contains("a service runs") == true)
            #expect(report["state.ledger"]?.done.contains("uses it") == true)
            service.terminate()
            #expect(await service.end().status == 0)
            #expect(try share.results(".zip").isEmpty)
        }
    }

    @Test("for people: a line for each, in the language that is set; settings with where they come from")
    func texts() async throws {
        try await Share.with { share in
            let english = try await BuiltProgram.run(["check"] + share.options)
            let chinese = try await BuiltProgram.run(
                ["check"] + share.options, environment: ["HEYGEM_WATCH_LANGUAGE": "zh"])
            let config = try await BuiltProgram.run(
                ["check", "--print-config"] + share.options, environment: ["HEYGEM_WATCH_SETTLE": "3s"])
            #expect(english.status == 0 && english.output.contains("Everything that is needed is there."), "\(english)")
            #expect(chinese.output.contains("所需条件全部具备"), "\(chinese)")
            #expect(config.status == 0 && config.output.contains("settle: 3s"), "\(config)")
            #expect(config.output.contains("HEYGEM_WATCH_SETTLE") && config.output.contains("--inbox"))
        }
    }
}
