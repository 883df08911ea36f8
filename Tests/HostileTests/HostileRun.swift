import Foundation
import TestPrograms
import Testing

/// One run of the real service over a batch of hostile files, each with a good partner: in a network of its own that
/// leads nowhere, and with every file that it opens written down, where this machine lets us.
struct HostileRun: Sendable {
    /// What stands in the batch, and what it tries.
    struct File: Decodable, Sendable {
        var section: String
        /// Relative to the batch's folder.
        var path: String
        var tries: String
        var bytes: Int
    }

    var files: [File]
    /// Rows of the CSV by the hostile file in them.
    var rows: [String: [String: String]]
    var result: BuiltProgram.Result
    /// nil where the service could not be watched.
    var trace: CallTrace?
    /// What lies outside after the run, by name.
    var outside: [String: Data]
    /// What lay there before.
    var outsideBefore: [String: Data]
    /// Folders in which the service may open files.
    var ownFolders: [String]

    /// Several tests look at the same run.
    static let shared = Task { try await run() }

    /// As root, a namespace can be made and everything traced.
    static let canTrace =
        geteuid() == 0 && ["/usr/bin/strace", "/usr/bin/unshare"].allSatisfy(FileManager.default.isExecutableFile)

    private static func run() async throws -> HostileRun {
        var run: HostileRun?
        try await Share.with { share in run = try await Self.run(share) }
        return try #require(run)
    }

    private static func run(_ share: Share) async throws -> HostileRun {
        let outside = share.root.appendingPathComponent("outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        let secret = outside.appendingPathComponent("secret.wav")
        try FileManager.default.copyItem(at: BuiltProgram.samples.appendingPathComponent("spanish.wav"), to: secret)
        let before = try contents(of: outside)
        let list = try await Self.make(share, outside: secret)
        let traces = share.root.appendingPathComponent("trace")
        try FileManager.default.createDirectory(at: traces, withIntermediateDirectories: true)
        let command = (canTrace ? CallTrace.command(writingTo: traces) : []) + [BuiltProgram.service.path]
        let environment = Share.quick.merging(["HEYGEM_WATCH_LOG_LEVEL": "debug"]) { $1 }
        let result = try await BuiltProgram.run(
            command + ["run", "--once"] + share.options, of: URL(fileURLWithPath: "/usr/bin/env"),
            environment: environment)
        let csv = try #require(try share.results(".csv").first, "\(result.errors.suffix(2000))")
        return HostileRun(
            files: try JSONDecoder().decode([File].self, from: Data(list.utf8)),
            rows: try rows(share, csv), result: result, trace: canTrace ? try CallTrace(reading: traces) : nil,
            outside: try contents(of: outside), outsideBefore: before,
            ownFolders: [share.inbox, share.outbox, share.state].map { $0.resolvingSymlinksInPath().path })
    }

    static func make(_ share: Share, outside: URL) async throws -> String {
        try await BuiltProgram.tool(
            "python3",
            [
                "-B", BuiltProgram.repository.appendingPathComponent("Tests/HostileFiles/make.py").path,
                BuiltProgram.samples.path, share.inbox.path, outside.path,
            ])
    }

    /// The partner of each is a good file of ours: an `audio.wav` or the `avatar.png` of the sounds.
    private static func rows(_ share: Share, _ csv: URL) throws -> [String: [String: String]] {
        let lines = CSVLines(try String(contentsOf: csv, encoding: .utf8)).rows
        let header = try #require(lines.first)
        let all = lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
        return Dictionary(
            all.map { row in
                let (audio, avatar) = (row["audio"] ?? "", row["avatar"] ?? "")
                return (audio.hasSuffix("/audio.wav") || audio.isEmpty ? avatar : audio, row)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func contents(of folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
    }
}
