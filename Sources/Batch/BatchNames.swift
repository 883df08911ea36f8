import SystemPackage
import Words

/// What the items and halves of a batch are called when it closes.
///
/// A name is relative to the batch and without ending, or with it where two files of a role would be called the same.
struct BatchNames {
    private let batch: OpenBatch
    private let markerTags: [String]
    private var uses: [[UInt8]: Int] = [:]
    private var whole: Set<[UInt8]> = []

    init(of batch: OpenBatch, _ places: [Place]) {
        self.batch = batch
        markerTags = batch.markerContent.tags
        for place in places where place.role == .audio || place.role == .avatar {
            uses[key(place.role, withoutEnding(place)), default: 0] += 1
            whole.insert(key(place.role, place.relativePath))
        }
    }

    /// Those whose render was wanted, in natural order.
    func items(_ couples: [Pairing.Couple]) -> [Item] {
        let drafts = couples.compactMap { couple in couple.pair.map { draft(couple, $0) } }
        return ItemDraft.unique(drafts).map(\.item).sorted { $0.name < $1.name }
    }

    func halves(_ places: [Place]) -> [Half] {
        let halves = places.map { place in
            let row = row(of: place)
            let name = place.role == .foreign ? Name(place.relativePath) : name(of: place)
            return Half(
                name: row?.ownName ?? name, tags: tags(place, row), path: place.path, role: place.role, row: row)
        }
        return halves.sorted { $0.name == $1.name ? $0.path.precedes($1.path) : $0.name < $1.name }
    }

    private func draft(_ couple: Pairing.Couple, _ pair: Pair) -> ItemDraft {
        let (lead, row) = (couple.lead, row(of: couple.lead))
        return ItemDraft(
            name: row?.ownName ?? loneName(couple) ?? name(of: lead), wholeName: Name(lead.relativePath),
            tags: tags(lead, row), pair: pair, note: couple.partner.note, row: row)
    }

    /// A stem that is another file's whole name ("a.wav" of "a.wav.mp3") is no name either, for that file may need it.
    private func name(of place: Place) -> Name {
        let short = withoutEnding(place)
        let key = key(place.role, short)
        return Name(uses[key] == 1 && !whole.contains(key) ? short : place.relativePath)
    }

    /// The folder's, where it holds nothing else.
    private func loneName(_ couple: Pairing.Couple) -> Name? {
        let lead = couple.lead
        guard couple.partner.rule == .avatar, Stem(lead.path) == .audio,
            Place(couple.partner.avatar)?.folder == lead.folder, batch.media.isLone(lead.folder)
        else { return nil }
        let folders = lead.folder.components.dropFirst().map(\.bytes)
        return folders.isEmpty ? batch.name : Name(Array(folders.joined(separator: [UInt8(ascii: "/")])))
    }

    private func tags(_ place: Place, _ row: ItemsTable.Row?) -> [String] {
        var seen: Set<String> = []
        return (place.tags + (row?.tags ?? []) + markerTags).filter { seen.insert($0).inserted }
    }

    private func row(of place: Place) -> ItemsTable.Row? {
        guard place.role != .avatar, let table = batch.media.table else { return nil }
        return table.row(of: place).map { table.table.rows[$0] }
    }

    private func withoutEnding(_ place: Place) -> [UInt8] {
        place.relativePath.dropLast(place.name.ending.utf8.count + 1)
    }

    /// Audios and avatars are named apart from each other.
    private func key(_ role: FileRole, _ name: [UInt8]) -> [UInt8] { [role == .audio ? 0 : 1] + name }
}

extension Place {
    /// The folders between the batch's own and the file.
    var tags: [String] { folder.components.dropFirst().map(\.string) }
}

extension ItemsTable.Row {
    fileprivate var ownName: Name? { name.map { Name(Array($0.utf8)) } }
}

extension MediaIndex.Partner {
    /// What was decided between candidates.
    fileprivate var note: Phrase {
        guard !losers.isEmpty else { return Phrase(verbatim: "") }
        func shown(_ path: FilePath) -> String { path.lastComponent?.string ?? path.string }
        let verb = losers.count == 1 ? "was" : "were"
        let names = losers.map(shown).joined(separator: ", ")
        let winner = shown(rule == .audio ? audio : avatar)
        return rule == .row
            ? Phrase("\(names) \(verb) not used: items.csv names \(winner)", zh: "未使用 \(names)：items.csv 指定了 \(winner)")
            : Phrase("\(names) \(verb) not used: \(winner) comes first", zh: "未使用 \(names)：\(winner) 优先")
    }
}
