import Foundation
import TestPrograms
import Testing

/// All that lies in inbox, outbox and work folder when the service has ended, and in the ZIPs.
struct EndState: Equatable {
    /// Content by path; folders end with a slash.
    private(set) var files: [String: String] = [:]

    /// Fails the test where a ZIP is damaged or is not what its checksum says.
    init(of share: Share) async throws {
        for name in ["inbox", "outbox", "state/work"] { try add(name, below: share.root) }
        let zips = share.root.appendingPathComponent("zips")
        try FileManager.default.createDirectory(at: zips, withIntermediateDirectories: false)
        for zip in try share.results(".zip") {
            try await BuiltProgram.tool(
                "sha256sum", ["--check", "--strict", "--status", zip.lastPathComponent + ".sha256"], in: share.outbox)
            // its bytes are others where the table in it is
            try await BuiltProgram.tool("unzip", ["-qq", zip.path, "-d", zip.lastPathComponent], in: zips)
        }
        try add("zips", below: share.root)
    }

    private mutating func add(_ name: String, below root: URL) throws {
        let folder = root.appendingPathComponent(name)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let content = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path)
            let full = "\(name)/\(path)" + (content == nil ? "/" : "")
            files[full] = try Self.constant(full, content ?? Data())
        }
    }

    /// Without what may be another in each run: random numbers, the time, and how many attempts were begun.
    private static func constant(_ path: String, _ content: Data) throws -> String {
        let changing = [".heygem-watch/id", ".heygem-watch/lock", "outbox/status.txt", ".zip", ".zip.sha256"]
        if changing.contains(where: path.hasSuffix) { return "*" }
        let text = String(decoding: content, as: UTF8.self)
        guard path.hasSuffix(".csv") else { return text }
        var rows = CSVLines(text).rows
        let attempts = try #require(rows.first?.firstIndex(of: "attempts"))
        for index in rows.indices.dropFirst() { rows[index][attempts] = "*" }
        return rows.map { $0.joined(separator: "|") }.joined(separator: "\n")
    }

    /// What is another than in `wanted`, for people.
    func differences(from wanted: EndState) -> [String] {
        Set(files.keys).union(wanted.files.keys).sorted().compactMap { path in
            let (found, wanted) = (files[path], wanted.files[path])
            if found == wanted { return nil }
            guard let found else {
                // what comes late is rendered before the service ends or after its next start
                return path.hasPrefix("state/work/") ? nil : "missing: \(path)"
            }
            guard let wanted else { return "too much: \(path)" }
            return "\(path) is:\n\(found)\nand not:\n\(wanted)"
        }
    }
}
