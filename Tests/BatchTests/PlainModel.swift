import Batch
import SystemPackage
import Testing

/// Which files are there and what is being rendered, kept as simply as can be, to hold an inbox against.
struct PlainModel {
    /// Each file with whether it has settled.
    private var files: [FilePath: Bool] = [:]
    private var names: [FilePath: PlainName] = [:]
    private(set) var running: Set<Pair> = []
    private var ended: Set<Pair> = []

    mutating func note(_ event: InboxEvent) {
        switch event {
        case .unsettled(let path): set(path, isSettled: false)
        case .settled(let path): set(path, isSettled: true)
        case .gone(let path): set(path, isSettled: nil)
        case .ended(let pair):
            if running.remove(pair) != nil { ended.insert(pair) }
        case .tick: break
        }
    }

    private mutating func set(_ path: FilePath, isSettled: Bool?) {
        files[path] = isSettled
        names[path] = isSettled == nil ? nil : names[path] ?? PlainName(path)
    }

    mutating func note(_ action: InboxAction) {
        switch action {
        case .render(let pair):
            must(running.insert(pair).inserted, "wanted twice: \(pair)")
            // Wanted again after another pairing in between: that costs a look into the finished renders.
            ended.remove(pair)
        case .endRender(let pair):
            must(running.remove(pair) != nil, "not running: \(pair)")
        case .close(let closing): freeze(closing)
        }
    }

    /// A closing holds each of its files once, all of them settled, and renders that have ended.
    private mutating func freeze(_ closing: Closing) {
        for item in closing.items { must(ended.contains(item.pair), "no outcome: \(item)") }
        let single =
            closing.items.map(\.audio) + closing.halves.map(\.path) + closing.markers + closing.manifests
            + closing.others
        let shared = Set(closing.items.flatMap { [$0.avatar, $0.points].compactMap(\.self) })
        must(Set(single).count == single.count && shared.isDisjoint(with: single), "a file in two places")
        must(
            closing.members == shared.union(single).sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) },
            "members: \(closing.members)")
        let below = files.keys.filter { batch(of: $0) == closing.folder && !isNamedMarker($0) }
        must(shared.union(single).isSuperset(of: below), "files are left behind")
        for path in closing.members {
            must(files[path] == true, "not settled: \(path)")
            set(path, isSettled: nil)
        }
    }

    func check(_ inbox: Inbox, after event: InboxEvent, now: Duration) {
        let reports = inbox.report(now: now)
        must(reports.map(\.files).reduce(0, +) == files.count, "after \(event)")
        must(reports.map(\.unsettled).reduce(0, +) == files.values.count { !$0 }, "after \(event)")
        must(reports.map(\.rendering).reduce(0, +) == running.count, "after \(event)")
        for pair in running {
            let partner = partner(of: pair.audio)
            must(partner?.avatar == pair.avatar && partner?.points == pair.points, "stale: \(pair)")
            let parts = [pair.audio, pair.avatar] + [pair.points].compactMap(\.self)
            must(parts.allSatisfy { files[$0] == true }, "unsettled: \(pair)")
        }
        checkEager(after: event)
        if !running.isEmpty || files.values.contains(false) { must(!inbox.isResting, "resting") }
    }

    /// Settled partners by stem are on their way at once.
    private func checkEager(after event: InboxEvent) {
        let taken = Set(running.union(ended).map(\.audio))
        for (audio, name) in names where name.role == "audio" && files[audio] == true && !taken.contains(audio) {
            guard let partner = partner(of: audio), !partner.isDefault else { continue }
            let parts = [partner.avatar] + [partner.points].compactMap(\.self)
            must(parts.contains { files[$0] == false }, "\(audio) waits for nothing after \(event)")
        }
    }

    // MARK: Section 4 once more, over all files each time

    private func partner(of audio: FilePath) -> (avatar: FilePath, points: FilePath?, isDefault: Bool)? {
        let name = PlainName(audio)
        if let avatar = best(in: name.folder, stem: name.stem) { return (avatar, points(of: avatar), false) }
        var folder = name.folder
        while true {
            if let avatar = best(in: folder, stem: "avatar") { return (avatar, points(of: avatar), true) }
            guard folder.count > 1 else { return nil }
            folder.removeLast()
        }
    }

    private func best(in folder: [String], stem: String) -> FilePath? {
        let alike = names.filter {
            $0.value.role == "avatar" && $0.value.folder == folder && $0.value.folded == stem.lowercased()
        }
        let exact = alike.filter { Array($0.value.stem.utf8) == Array(stem.utf8) }
        return (exact.isEmpty ? alike : exact).min { ($0.value.rank, $0.key.string) < ($1.value.rank, $1.key.string) }?
            .key
    }

    private func points(of avatar: FilePath) -> FilePath? {
        let avatar = PlainName(avatar)
        let alike = names.filter {
            $0.value.role == "points" && $0.value.folder == avatar.folder && $0.value.folded == avatar.folded
        }
        return alike.first { Array($0.value.stem.utf8) == Array(avatar.stem.utf8) }?.key
            ?? alike.keys.min { $0.string < $1.string }
    }

    private func batch(of path: FilePath) -> BatchFolder {
        path.components.count > 1 ? path.components.first.map(BatchFolder.folder) ?? .loose : .loose
    }

    private func isNamedMarker(_ path: FilePath) -> Bool {
        path.components.count == 1 && path.string.lowercased().contains(".batch")
    }
}

/// An `#expect` that costs nothing while it holds: there are millions of them.
private func must(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { Issue.record("\(message())") }
}

/// A path read with plain strings.
private struct PlainName {
    let folder: [String]
    let stem: String
    let folded: String
    let role: String
    let rank: Int

    init(_ path: FilePath) {
        let name = path.lastComponent?.string ?? ""
        let ending = (path.extension ?? "").lowercased()
        folder = path.components.dropLast().map(\.string)
        rank = Self.pictures.firstIndex(of: ending) ?? Self.pictures.count
        if name.lowercased().hasSuffix(".face.json") {
            role = "points"
            stem = String(name.dropLast(".face.json".count))
        } else {
            role = rank < Self.pictures.count ? "avatar" : Self.sounds.contains(ending) ? "audio" : "else"
            stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        }
        folded = stem.lowercased()
    }

    private static let pictures = "mp4 mov mkv webm avi m4v png jpg jpeg webp bmp".split(separator: " ").map(
        String.init)
    private static let sounds = "wav mp3 m4a aac flac ogg opus wma aiff caf".split(separator: " ").map(String.init)
}
