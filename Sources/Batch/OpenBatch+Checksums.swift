import SystemPackage
import Words

/// `SHA256SUMS`: what it lists is complete exactly when it matches.
extension OpenBatch {
    /// As a list was when it last settled.
    enum Listing {
        case checksums(ChecksumList)
        case unusable(Problem)

        init(_ manifest: Manifest?) {
            switch manifest {
            case .checksums(let list): self = .checksums(list)
            case .unusable(let problem): self = .unusable(problem)
            case .marker, .items, nil: self = .checksums(ChecksumList())
            }
        }
    }

    struct UnmetList {
        let problem: Problem
        /// When this was told.
        let changes: Int
    }

    /// The one that counts: spelled so, or else the first in byte order.
    var listPath: FilePath? {
        guard lists.count > 1 else { return lists.keys.first }
        let paths = lists.keys.sortedByBytes()
        return paths.first { $0.lastComponent?.bytes.elementsEqual("SHA256SUMS".utf8) == true } ?? paths.first
    }

    var listProblem: Problem? {
        guard let listPath, case .unusable(let problem)? = lists[listPath] ?? nil else { return nil }
        return problem
    }

    /// Whether all that is listed is there and as it should be, as far as it was looked at.
    var isListMet: Bool { failedProofs.isEmpty && checksums?.missing.isEmpty != false }

    /// Whether what was told is still all that there is to tell.
    var isUnmetListTold: Bool { unmetList?.changes == listChanges }

    /// Looks at the files anew by what the list says now. Until a list has settled, the one before it counts.
    mutating func takeList(into actions: inout [InboxAction]) {
        var list: ChecksumList?
        if let path = listPath {
            guard let listing = lists[path] ?? nil else { return }
            if case .checksums(let now) = listing { list = now }
        }
        guard list != checksums?.list else { return }
        checksums = list.map(ChecksumIndex.init)
        unmetList = nil
        listChanges += 1
        let paths = members.keys.sortedByBytes()
        if checksums != nil {
            for path in paths { if let place = Place(path) { _ = checksums?.insert(place) } }
        }
        for path in paths { prove(path, into: &actions) }
        actions.append(.hurry(folder, listedPaths))
    }

    /// It is about to close, and not all is as the list says: it is held until it is, or the list or the marker goes.
    mutating func tellUnmetList() {
        guard let path = listPath, !isListMet else { return }
        let told = unproven(most: Self.toldFiles).map(\.sentence)
        let rest = unprovenCount - told.count
        let more = rest > 0 ? [Phrase("and \(rest) more", zh: "另有 \(rest) 个")] : []
        unmetList = UnmetList(
            problem: Problem(.notAsListed, file: path.string, ["what": .joined(told + more)]), changes: listChanges)
    }

    /// As many files as one reads before one mends them.
    private static let toldFiles = 3

    mutating func noteChecked(_ check: FileCheck, _ outcome: FileCheck.Outcome, into actions: inout [InboxAction]) {
        guard needs(check), var member = members[check.path], let place = Place(check.path) else { return }
        member.proof = Proof(outcome, of: check.sha256)
        put(place, member)
        noteChange(of: place, into: &actions)
    }

    func isProven(_ path: FilePath) -> Bool { if case .matches? = members[path]?.proof { true } else { false } }

    func needs(_ check: FileCheck) -> Bool {
        members[check.path]?.content == check.revision && members[check.path]?.proof.sha256 == check.sha256
            && !isProven(check.path)
    }

    /// Asks for a file's content where the list says something else of it than before.
    mutating func prove(_ path: FilePath, into actions: inout [InboxAction]) {
        guard var member = members[path], let content = member.content, let place = Place(path) else { return }
        let sha256 = checksums?.sha256(of: path)
        guard sha256 != member.proof.sha256 else { return }
        member.proof = sha256.map { .checking(sha256: $0) } ?? .unlisted
        put(place, member)
        if let sha256 { actions.append(.check(FileCheck(path: path, revision: content, sha256: sha256))) }
        noteChange(of: place, into: &actions)
    }

    /// Relative to the inbox, spelled as in the list.
    private var listedPaths: Set<FilePath> {
        let paths = (checksums?.list.entries ?? []).map { FilePath(bytes: $0.path) }
        guard case .folder(let name) = folder else { return Set(paths) }
        return Set(paths.map { FilePath(root: nil, [name]).pushing($0) })
    }
}

// MARK: What is told

extension OpenBatch {
    var unprovenCount: Int { failedProofs.count + (checksums?.missing.count ?? 0) }

    /// The first files in the order of the list that are not as it says.
    func unproven(most: Int) -> [BatchReport.Unproven] {
        guard let checksums, !isListMet else { return [] }
        return checksums.first(most) { entry, path in
            state(of: path).map { BatchReport.Unproven(line: entry.line, name: entry.name, state: $0) }
        }
    }

    private func state(of path: FilePath?) -> BatchReport.Unproven.State? {
        guard let path else { return .missing }
        guard failedProofs.contains(path), let proof = members[path]?.proof else { return nil }
        if case .unreadable = proof { return .unreadable }
        return .differs
    }
}

extension BatchReport.Unproven {
    /// For what holds a batch.
    fileprivate var sentence: Phrase {
        Phrase("\(name) (line \(line)) \(words.en)", zh: "\(name)（第 \(line) 行）\(words.zh)")
    }
}
