import Foundation
import SystemPackage

/// What a service has left in a scene, without the times in it.
extension Scene {
    /// Names in the outbox.
    func results() throws -> [String] {
        try files(below: ["outbox"]).keys.map { $0.replacing(Self.time, with: "") }.sorted()
    }

    /// The names of a delivery's files.
    static func set(_ batch: String) -> [String] {
        [".csv", ".zip", ".zip.sha256"].map { "outbox/heygem_batch_result_\(batch)\($0)" }
    }

    /// Files in the inbox, folders left out.
    func inputs() throws -> [String] {
        try files(below: ["inbox"]).keys.filter { !$0.hasSuffix("/") }
            .map { String($0.dropFirst("inbox/".count)).replacing(Self.stamp, with: "") }.sorted()
    }

    func text(_ path: String) throws -> String? {
        try files()[path].map { String(decoding: $0, as: UTF8.self) }
    }

    /// The columns batch, item, status, tags and reason of all CSVs in the outbox, in the order of their names.
    func rows() throws -> [String] {
        let tables = try files(below: ["outbox"]).filter { $0.key.hasSuffix(".csv") }.sorted { $0.key < $1.key }
        return tables.flatMap { _, data in
            String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                return [cells[0], cells[2], cells[3], cells[4], cells[8]].joined(separator: " ")
                    .trimmingCharacters(in: .whitespaces)
            }
        }
    }

    private static var time: Regex<Substring> { /_[0-9]{8}_[0-9]{6}/ }
    private static var stamp: Regex<Substring> { /[0-9]{8}_[0-9]{6}_/ }
}

extension Scene {
    /// A batch with its marker, in which two items get a video, one sound is bad, and a face has no sound.
    func putDealers() throws {
        try put("face", "inbox/dealers/avatar.png")
        try put("one", "inbox/dealers/001 Anna.wav")
        try put("two", "inbox/dealers/vip/002.wav")
        try put("bad three", "inbox/dealers/bad.wav")
        try put("half", "inbox/dealers/alone/lonely.mp4")
        try put("", "inbox/dealers/batch.ready")
    }
}
