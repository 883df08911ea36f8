import Batch
import SystemPackage

/// What each `SHA256SUMS` says, and what is known of the files that it names, once more with plain strings.
struct PlainLists {
    /// Of each list that is there; nil before it has settled, empty where it can't be used.
    private var listings: [FilePath: [String: String]?] = [:]
    /// By batch, what counts: path and checksum.
    private(set) var current: [BatchFolder: [String: String]] = [:]
    /// What was last asked of each file.
    private var asked: [FilePath: FileCheck] = [:]
    private var answers: [FilePath: (sha256: String, outcome: FileCheck.Outcome)] = [:]

    static func isList(_ path: FilePath) -> Bool {
        path.components.count < 3
            && ["sha256sums", "sha256sums.txt"].contains(path.lastComponent?.string.lowercased() ?? "")
    }

    mutating func set(_ path: FilePath, isThere: Bool, _ manifest: Manifest? = nil) {
        (asked[path], answers[path]) = (nil, nil)
        guard Self.isList(path) else { return }
        if !isThere {
            listings[path] = nil
        } else if listings[path] == nil {
            listings[path] = .some(nil)
        }
        if case .checksums(let list)? = manifest {
            let pairs = list.entries.map { (String(decoding: $0.path, as: UTF8.self), $0.sha256) }
            listings[path] = Dictionary(pairs) { first, _ in first }.filter { !Self.isLeftOut($0.key) }
        } else if manifest != nil {
            listings[path] = [:]
        }
        choose(batch(of: path))
    }

    private static func isLeftOut(_ name: String) -> Bool {
        !name.contains("/") && (isMarker(FilePath(name)) || isList(FilePath("d/\(name)")))
    }

    /// As they are called without a configuration.
    static func isMarker(_ path: FilePath) -> Bool {
        let name = path.lastComponent?.string.lowercased() ?? ""
        return name.hasSuffix(".batch") || name == "batch.ready"
    }

    mutating func ask(_ check: FileCheck) { asked[check.path] = check }

    mutating func note(_ check: FileCheck, _ outcome: FileCheck.Outcome) {
        // of a content that has gone
        guard asked[check.path] == check else { return }
        answers[check.path] = (check.sha256, outcome)
    }

    /// Where the list says something else now, or nothing, it is looked at anew.
    mutating func forgetAnswers(among files: some Sequence<FilePath>) {
        for (path, answer) in answers where expected(path, among: files) != answer.sha256 { answers[path] = nil }
    }

    /// All of a batch is gone.
    mutating func forget(_ folder: BatchFolder) { current[folder] = nil }

    private mutating func choose(_ folder: BatchFolder) {
        let all = listings.keys.filter { batch(of: $0) == folder }
        let path = all.first { $0.lastComponent?.string == "SHA256SUMS" } ?? all.min { $0.string < $1.string }
        guard let path else { return forget(folder) }
        if let listing = listings[path] ?? nil { current[folder] = listing }
    }

    private func batch(of path: FilePath) -> BatchFolder {
        path.components.count > 1 ? path.components.first.map(BatchFolder.folder) ?? .loose : .loose
    }

    // MARK: Files

    private func relative(_ path: FilePath) -> String {
        path.components.dropFirst(path.components.count > 1 ? 1 : 0).map(\.string).joined(separator: "/")
    }

    /// The checksum that a file has to have; nil where the list doesn't name it.
    func expected(_ path: FilePath, among files: some Sequence<FilePath>) -> String? {
        guard let list = current[batch(of: path)] else { return nil }
        if let exact = list[relative(path)] { return exact }
        let alike = files.filter {
            batch(of: $0) == batch(of: path) && relative($0).lowercased() == relative(path).lowercased()
        }
        let open = list.filter { entry in !alike.contains { relative($0) == entry.key } }
        let rest = alike.filter { list[relative($0)] == nil }
        guard rest.min(by: { $0.string < $1.string }) == path else { return nil }
        return open.first { $0.key.lowercased() == relative(path).lowercased() }?.value
    }

    /// nil: it is listed, and nobody has answered yet.
    func outcome(_ path: FilePath, among files: some Sequence<FilePath>) -> FileCheck.Outcome? {
        guard let expected = expected(path, among: files) else { return .matches }
        guard let answer = answers[path], answer.sha256 == expected else { return nil }
        return answer.outcome
    }

    func isMet(in folder: BatchFolder, by files: some Sequence<FilePath>) -> Bool {
        guard let list = current[folder] else { return true }
        let here = files.filter { batch(of: $0) == folder }
        let named = here.filter { expected($0, among: here) != nil }
        return named.count == list.count && named.allSatisfy { outcome($0, among: here) == .matches }
    }
}
