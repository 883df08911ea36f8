import SystemPackage
import Words

/// All files of a batch sorted into items, halves and the rest, as of now. Files that were delivered already are only part of new items.
struct Pairing {
    /// An audio with its partner; `pair` is nil while one of their files is being written or the pair waits to be started.
    struct Couple {
        var name: Name
        let tags: [String]
        let pair: Pair?
        var note: Phrase
        let row: ItemsTable.Row?
        /// By which it is told from others of its name.
        let wholeName: Name
    }

    private(set) var couples: [Couple] = []
    private(set) var halves: [Half] = []
    private(set) var manifests: [FilePath] = []
    private(set) var others: [FilePath] = []

    private let batch: OpenBatch
    private let names: RelativeNames
    private var used: Set<FilePath> = []

    init(of batch: OpenBatch) {
        self.batch = batch
        names = RelativeNames(of: batch)
        // taken apart only where needed: a folder may hold 100,000 files that are none of ours
        let places = batch.places { $0 != .other }
        others = batch.members.filter { $0.value.role == .other }.map(\.key)
        for place in places { addCouple(led: place) }
        let hasAudio = places.contains { $0.role == .audio }
        for place in places where !used.contains(place.path) && batch.members[place.path]?.isKept == false {
            addRest(place, hasAudio: hasAudio)
        }
        couples = ItemNames.unique(couples)
    }

    private mutating func addCouple(led place: Place) {
        guard place.role == .audio || batch.media.nodes[place.folder]?.free.contains(place.path) == true,
            let partner = batch.media.partner(of: place)
        else { return }
        let points = Place(partner.avatar).flatMap(batch.media.points)
        let files = [partner.audio, partner.avatar] + (points.map { [$0] } ?? [])
        used.formUnion(files)
        guard files.contains(where: { batch.members[$0]?.isKept == false }) else { return }
        let row = row(of: place)
        couples.append(
            Couple(
                name: row?.ownName ?? loneName(of: place, partner) ?? names.name(of: place),
                tags: place.tags + (row?.tags ?? []), pair: batch.renders[place.path]?.pair,
                note: Self.note(on: partner),
                row: row, wholeName: names.wholeName(of: place)))
    }

    private mutating func addRest(_ place: Place, hasAudio: Bool) {
        switch place.role {
        case .audio where !isSpokenFor(place): addHalf(place, names.name(of: place))
        case .avatar where isHalf(place, hasAudio: hasAudio): addHalf(place, names.name(of: place))
        case .foreign: addHalf(place, names.wholeName(of: place))
        case .table, .checksums: manifests.append(place.path)
        default: others.append(place.path)  // unused points, and audios and avatars that lost
        }
    }

    private mutating func addHalf(_ place: Place, _ name: Name) {
        let row = row(of: place)
        halves.append(
            Half(
                name: row?.ownName ?? name, tags: place.tags + (row?.tags ?? []), path: place.path, role: place.role,
                row: row))
    }

    /// The second of two `audio.*`: the first speaks.
    private func isSpokenFor(_ audio: Place) -> Bool { batch.media.speaksForOthers(audio) }

    private func isHalf(_ avatar: Place, hasAudio: Bool) -> Bool {
        if FoldedName(avatar.name.stem) == .avatar { return !hasAudio }
        return !batch.media.hasAudio(beside: avatar)
    }

    private func row(of place: Place) -> ItemsTable.Row? {
        guard place.role != .avatar, let table = batch.media.table else { return nil }
        return table.row(of: place).map { table.table.rows[$0] }
    }

    /// The folder's, where it holds nothing else.
    private func loneName(of place: Place, _ partner: MediaIndex.Partner) -> Name? {
        guard partner.rule == .avatar, FoldedName(place.name.stem) == .audio,
            Place(partner.avatar)?.folder == place.folder, batch.media.isLone(place.folder)
        else { return nil }
        let folders = place.folder.components.dropFirst().map(\.bytes)
        return folders.isEmpty ? batch.name : Name(Array(folders.joined(separator: [UInt8(ascii: "/")])))
    }

    private static func note(on partner: MediaIndex.Partner) -> Phrase {
        guard !partner.losers.isEmpty else { return Phrase(verbatim: "") }
        func shown(_ path: FilePath) -> String { path.lastComponent?.string ?? path.string }
        let verb = partner.losers.count == 1 ? "was" : "were"
        let losers = partner.losers.map(shown).joined(separator: ", ")
        let winner = shown(partner.rule == .audio ? partner.audio : partner.avatar)
        return partner.rule == .row
            ? Phrase(
                "\(losers) \(verb) not used: items.csv names \(winner)", zh: "未使用 \(losers)：items.csv 指定了 \(winner)")
            : Phrase("\(losers) \(verb) not used: \(winner) comes first", zh: "未使用 \(losers)：\(winner) 优先")
    }
}

extension OpenBatch {
    func places(_ isWanted: (FileRole) -> Bool) -> [Place] {
        members.filter { isWanted($0.value.role) }.keys.compactMap { Place($0) }
    }
}

extension Place {
    /// The folders between the batch's own and the file.
    var tags: [String] { folder.components.dropFirst().map(\.string) }
}

extension ItemsTable.Row {
    fileprivate var ownName: Name? { name.map { Name(Array($0.utf8)) } }
}
