import Foundation
import TestPrograms
import Testing

/// What became of a writer's batch, read from what people see and from the ledger.
struct WriterOutcome: Sendable {
    var end: WriterEnd
    /// CSVs for its batch in the outbox; each has its ZIP.
    var deliveries = 0
    /// Rows of them.
    var rows: [[String: String]] = []
    /// SHA-256 of the file that was to be brought.
    var sha256 = ""
    /// How often a render of its sound began.
    var renders = 0
    /// Of this content.
    var attempts = 0
    /// From the writer's end until the content was queued, in seconds; nil: it never was.
    var queuedAfter: Double?

    /// One job, of the whole content, after the last byte, in one delivery.
    func expectOneJob() {
        #expect(end.isWell, "\(end.name) ended with \(end.status): \(end.errors.suffix(1000))")
        expectOneDelivery()
        #expect(renders == 1, "\(end.name): \(renders) renders began")
        #expect(attempts == 1, "\(end.name): \(attempts) attempts")
        #expect(rows.first?["attempts"] == "1", "\(end.name)")
        #expect((queuedAfter ?? -1) > 0, "\(end.name): queued \(queuedAfter ?? -1) s after its end")
    }

    /// The whole content in one delivery.
    func expectOneDelivery() {
        #expect(deliveries == 1, "\(end.name): \(deliveries) deliveries")
        #expect(rows.count == 1 && rows.first?["status"] == "ok", "\(end.name): \(rows)")
        #expect(rows.first?["audio_sha256"] == sha256, "\(end.name): another content")
    }
}

/// What became of a group's writers.
struct WriterResult: Sendable {
    /// In order of their names.
    var outcomes: [WriterOutcome]
    /// Contents that were queued, and that no writer was to bring.
    var parts: Int
}

extension WriterOutcome {
    /// - Parameter log: all that the service printed.
    static func read(_ share: Share, ends: [WriterEnd], log: String) async throws -> WriterResult {
        let sums = try await checksums(share, ends.map(\.name))
        let lines = log.split(separator: "\n")
        let queued = try await queuedRenders(share)
        var outcomes: [WriterOutcome] = []
        for end in ends {
            var outcome = WriterOutcome(end: end, sha256: sums[end.name] ?? "")
            for csv in try share.results("_\(end.name).csv") {
                outcome.deliveries += 1
                outcome.rows += try share.rows(of: csv).values
                let zip = csv.deletingPathExtension().appendingPathExtension("zip")
                let verify = try await BuiltProgram.run(["verify", zip.path])
                #expect(verify.status == 0, "\(end.name): \(verify)")
            }
            outcome.renders = lines.count { $0.contains(" rendering ") && $0.contains("item=\(end.name)/voice.wav") }
            if let render = queued[outcome.sha256] {
                outcome.attempts = render.attempts
                outcome.queuedAfter = render.queuedAt - end.time.timeIntervalSince1970
            }
            outcomes.append(outcome)
        }
        let parts = queued.keys.filter { !sums.values.contains($0) }
        return WriterResult(outcomes: outcomes, parts: parts.count)
    }

    /// Of the sounds that the writers were to bring.
    private static func checksums(_ share: Share, _ names: [String]) async throws -> [String: String] {
        let files = names.map { "source/\($0)/voice.wav" }
        let sums = try await BuiltProgram.tool("sha256sum", files, in: share.root).split(separator: "\n")
        return Dictionary(zip(names, sums.map { String($0.prefix(64)) })) { first, _ in first }
    }

    /// By the SHA-256 of their sounds: all that ever were, of which most readers see only what came of it.
    private static func queuedRenders(_ share: Share) async throws -> [String: (queuedAt: Double, attempts: Int)] {
        let ledger = share.state.appendingPathComponent("ledger.sqlite").path
        let answer = try await BuiltProgram.tool(Server.python, [Server.clients + "/ledger.py", ledger])
        let renders = try answer.split(separator: "\n").map { line in
            let cells = line.split(separator: " ")
            try #require(cells.count == 3)
            return (String(cells[0]), (queuedAt: try #require(Double(cells[1])), attempts: try #require(Int(cells[2]))))
        }
        return Dictionary(renders) { first, _ in first }
    }
}
