import Foundation
import TestPrograms
import Testing

/// docs/writers.md: what became of every writer in several runs.
enum WriterTable {
    static let groups = WriterGroup.all + [.limits]
    static let variable = "HEYGEM_WATCH_WRITERS_TABLE"
    static let advice =
        "write it with \(variable)=$PWD/docs/writers.md swift test -c release --filter WriterTests.write"

    static func document() throws -> String {
        try String(contentsOf: BuiltProgram.repository.appendingPathComponent("docs/writers.md"), encoding: .utf8)
    }

    /// What doesn't depend on the runs.
    static func beginning(of writer: Writer) -> String { "| `\(writer.name)` | \(writer.how) | " }

    static func write(runs: Int) async throws {
        let path = try #require(ProcessInfo.processInfo.environment[variable])
        var text = introduction
        for group in groups {
            try #require(group.missing == nil, "\(group.missing ?? "")")
            var results: [WriterResult] = []
            for _ in 0..<runs { results.append(try await WriterRun.result(of: group)) }
            text +=
                "\n## \(group.title)\n\n| writer | how it writes | runs | renders | deliveries | other content | queued |\n"
            text += "|---|---|---|---|---|---|---|\n"
            for writer in group.writers {
                text += row(writer, results.flatMap(\.outcomes).filter { $0.end.name == writer.name }) + "\n"
            }
        }
        try Data((text + limits).utf8).write(to: URL(fileURLWithPath: path))
    }

    private static func row(_ writer: Writer, _ outcomes: [WriterOutcome]) -> String {
        let deliveries = outcomes.map(\.deliveries).reduce(0, +)
        let wrong = outcomes.count { $0.rows.first?["audio_sha256"] != $0.sha256 }
        let earliest = outcomes.compactMap(\.queuedAfter).min() ?? .nan
        let seconds = String(format: "%.1f s", earliest)
        return beginning(of: writer)
            + "\(outcomes.count) | \(outcomes.map(\.renders).reduce(0, +)) | \(deliveries) | \(wrong) | \(seconds) |"
    }

    private static let introduction = """
        # The ways in which files come

        Real programs and servers brought a face, a sound of 1.8 MB and a marker into the inbox of the running service, with its
        default times but `late_grace: 5s`. Made by the tests, which do it anew each time: each file has to be rendered exactly
        once, from its whole content, and never before its last byte.

        *renders*: how often a render of the sound began, in all runs; *deliveries*: with one ZIP each; *other content*: deliveries whose
        `audio_sha256` is not that of the source; *queued*: the shortest time from the writer's last byte (or its end) until its content
        was queued.

        """

    private static let limits = """

        In the last group a part of a file lies under the file's final name, closed, for longer than the quiet time, and nobody has it
        open. Nothing but its content tells it from a whole file: it is tried, found to end too early, and waited for (`incomplete_grace`);
        when the rest comes, the whole is rendered and delivered, once. Raw AAC, Ogg and MP3 without a header of its length don't say how long
        they are: their part is taken for a whole, and what comes later is rendered anew, but only while the batch is open. What helps: a
        temporary name and a rename at the end (most programs can), or a `SHA256SUMS`.

        """
}
