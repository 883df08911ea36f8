import Batch
import SystemPackage
import Testing

/// Which files are there and what is being rendered, kept as simply as can be, to hold an inbox against.
struct PlainModel {
    private let patterns: [NamePattern]
    private var files = PlainFiles()
    private var lists = PlainLists()
    private(set) var running: Set<Pair> = []
    private var ended: Set<Pair> = []
    private var cancelled: Set<BatchFolder> = []

    init(_ rules: BatchRules) {
        patterns = rules.patterns
        files.defaultAvatar = rules.defaultAvatar
    }

    mutating func note(_ event: InboxEvent) {
        if let name = event.path?.lastComponent, Inbox.isOwnNote(name, patterns: patterns) { return }
        noteLists(event)
        switch event {
        case .unsettled(let path): files.set(path, .written)
        case .settled(let path): files.set(path, .settled, .items(ItemsTable()))
        case .read(let path, let manifest): files.set(path, .settled, manifest)
        case .kept(let path): files.set(path, PlainLists.isMarker(path) ? nil : .kept)
        case .gone(let path): files.set(path, nil)
        case .incomplete, .checked, .stirred: break
        case .ended(let pair):
            if running.remove(pair) != nil { ended.insert(pair) }
        case .cancelled(let folder, _): cancelled.insert(folder)
        case .resumed(let folder): cancelled.remove(folder)
        case .tick: break
        }
        lists.forgetAnswers(among: files.states.keys)
    }

    private mutating func noteLists(_ event: InboxEvent) {
        switch event {
        case .unsettled(let path): lists.set(path, isThere: true)
        case .settled(let path): lists.set(path, isThere: true, .checksums(ChecksumList()))
        case .read(let path, let manifest): lists.set(path, isThere: true, manifest)
        case .kept(let path): lists.set(path, isThere: !PlainLists.isMarker(path) && !PlainLists.isList(path))
        case .gone(let path): lists.set(path, isThere: false)
        case .checked(let check, let outcome): lists.note(check, outcome)
        case .ended, .incomplete, .stirred, .cancelled, .resumed, .tick: break
        }
    }

    /// The engine has said of a render that a file ends too early, and nothing more can come of it.
    mutating func noteFinal(_ pair: Pair) {
        if running.remove(pair) != nil { ended.insert(pair) }
    }

    mutating func note(_ action: InboxAction) {
        switch action {
        case .render(let pair):
            must(running.insert(pair).inserted, "wanted twice: \(pair)")
            // Wanted again after another pairing in between: that costs a look into the finished renders.
            ended.remove(pair)
        case .endRender(let pair): must(running.remove(pair) != nil, "not running: \(pair)")
        case .hold, .hurry: break
        case .check(let check):
            must(lists.expected(check.path, among: files.states.keys) == check.sha256, "not listed so: \(check)")
            lists.ask(check)
        case .forgetCancelled(let folder): must(cancelled.remove(folder) != nil, "was not cancelled: \(folder)")
        case .close(let closing): freeze(closing)
        }
    }

    /// A closing holds each of its files once, all of them settled, and renders that have ended.
    private mutating func freeze(_ closing: Closing) {
        for item in closing.items { must(ended.contains(item.pair), "no outcome: \(item)") }
        must(Set(closing.items.map(\.name)).count == closing.items.count, "two items of one name")
        let wanted = files.wanted(in: closing.folder).filter { !files.isDelivered($0) }
        must(
            Set(closing.items.map { PlainPair($0.pair) }) == Set(wanted.map(\.files)),
            "\(closing.items) instead of \(wanted)")
        let single = closing.halves.map(\.path) + closing.markers + closing.manifests + closing.others
        let shared = Set(closing.items.flatMap(\.pair.files))
        must(Set(single).count == single.count && shared.isDisjoint(with: single), "a file in two places")
        must(
            closing.members == shared.union(single).sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) },
            "members: \(closing.members)")
        let below = files.fresh.filter { files.batch(of: $0) == closing.folder && !isNamedMarker($0) }
        must(shared.union(single).isSuperset(of: below), "files are left behind")
        must(!cancelled.contains(closing.folder), "closed though cancelled")
        must(lists.isMet(in: closing.folder, by: files.states.keys), "closed though not as listed")
        lists.forget(closing.folder)
        for path in closing.members {
            must(files.states[path] == .settled || shared.contains(path), "not settled: \(path)")
            if files.states[path] != .kept {
                files.set(path, nil)
                lists.set(path, isThere: false)
            }
        }
    }

    func check(_ inbox: Inbox, after event: InboxEvent, now: Duration) {
        var inbox = inbox
        let reports = inbox.report(now: now)
        must(reports.map(\.files).reduce(0, +) == files.fresh.count, "files after \(event)")
        let checking = files.states.count { $0.value != .written && outcome($0.key) == nil }
        must(reports.map(\.unsettled).reduce(0, +) == files.written.count + checking, "unsettled after \(event)")
        must(reports.map(\.rendering).reduce(0, +) == running.count, "rendering after \(event)")
        for folder in Set(files.states.keys.map(files.batch)) { check(folder, after: event) }
        if !running.isEmpty || !files.written.isEmpty { must(!inbox.isResting, "resting") }
        for report in reports where report.isHeld {
            must([.mending, .resuming].contains(report.waitsFor), "held, but waits otherwise")
        }
    }

    /// nil while it is being compared.
    private func outcome(_ path: FilePath) -> FileCheck.Outcome? { lists.outcome(path, among: files.states.keys) }

    private func check(_ folder: BatchFolder, after event: InboxEvent) {
        let running = running.filter { $0.folder == folder }
        for pair in running {
            must(pair.files.allSatisfy(files.isThere), "unsettled: \(pair)")
            must(pair.files.allSatisfy { [nil, .matches].contains(outcome($0)) }, "not as listed: \(pair)")
        }
        guard !cancelled.contains(folder) else {
            return must(running.isEmpty, "rendered though cancelled, after \(event)")
        }
        // what is there runs on while items.csv can't be followed
        guard !files.isTableUnclear(in: folder) else { return }
        guard files.table(of: folder).map(outcome) ?? .matches == .matches else { return }
        let wanted = files.wanted(in: folder)
        let now = Set(wanted.map(\.files))
        for pair in running { must(now.contains(PlainPair(pair)), "stale after \(event): \(pair)") }
        let taken = Set(running.union(ended).map(PlainPair.init))
        for pair in wanted where !pair.isDefault && !taken.contains(pair.files) {
            must(
                files.isDelivered(pair)
                    || !pair.files.all.allSatisfy { files.isThere($0) && outcome($0) == .matches },
                "\(pair) waits for nothing after \(event)")
        }
    }

    private func isNamedMarker(_ path: FilePath) -> Bool {
        path.components.count == 1 && path.string.lowercased().contains(".batch")
    }
}

extension InboxEvent {
    fileprivate var path: FilePath? {
        switch self {
        case .unsettled(let path), .settled(let path), .read(let path, _), .kept(let path), .gone(let path),
            .stirred(let path):
            path
        case .ended, .incomplete, .checked, .cancelled, .resumed, .tick: nil
        }
    }
}

/// The files of a render, whatever their content.
struct PlainPair: Hashable {
    let audio: FilePath
    let avatar: FilePath
    let points: FilePath?

    init(_ pair: Pair) {
        (audio, avatar, points) = (pair.audio, pair.avatar, pair.points)
    }

    init(_ audio: FilePath, _ avatar: FilePath, _ points: FilePath?) {
        (self.audio, self.avatar, self.points) = (audio, avatar, points)
    }

    var all: [FilePath] { [audio, avatar, points].compactMap(\.self).filter(\.isRelative) }
}

/// An `#expect` that costs nothing while it holds: there are millions of them.
private func must(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { Issue.record("\(message())") }
}
