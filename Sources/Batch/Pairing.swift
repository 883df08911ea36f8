import SystemPackage
import Words

/// All files of a batch sorted into items, halves and the rest, as of now.
struct Pairing {
    /// An audio with its partner; `pair` is nil while one of their files is being written or the pair waits to be started.
    struct Couple {
        let name: Name
        let tags: [String]
        let pair: Pair?
        let note: Phrase
    }

    private(set) var couples: [Couple] = []
    private(set) var halves: [Half] = []
    private(set) var manifests: [FilePath] = []
    private(set) var others: [FilePath] = []

    init(of batch: OpenBatch) {
        let names = RelativeNames(of: batch)
        var used: Set<FilePath> = []
        // taken apart only where needed: a folder may hold 100,000 files that are none of ours
        let places = batch.places { $0 != .other }
        others = batch.members.filter { $0.value.role == .other }.map(\.key)
        for place in places where place.role == .audio {
            let name = names.name(of: place)
            guard let partner = batch.media.partner(of: place) else {
                halves.append(Half(name: name, tags: place.tags, path: place.path, role: .audio))
                continue
            }
            used.insert(partner.avatar)
            if let points = Place(partner.avatar).flatMap(batch.media.points) { used.insert(points) }
            let pair = batch.renders[place.path]?.pair
            couples.append(Couple(name: name, tags: place.tags, pair: pair, note: Self.note(on: partner)))
        }
        let hasAudio = !couples.isEmpty || !halves.isEmpty
        for place in places where place.role != .audio && !used.contains(place.path) {
            if Self.isHalf(place, in: batch, hasAudio: hasAudio) {
                halves.append(Half(name: names.name(of: place), tags: place.tags, path: place.path, role: .avatar))
            } else if [.table, .checksums].contains(place.role) {
                manifests.append(place.path)
            } else {
                others.append(place.path)  // unused points, and avatars that lost
            }
        }
    }

    private static func isHalf(_ place: Place, in batch: OpenBatch, hasAudio: Bool) -> Bool {
        guard place.role == .avatar else { return false }
        if FoldedName(place.name.stem) == .avatar { return !hasAudio }
        return !batch.media.hasAudio(beside: place)
    }

    private static func note(on partner: MediaIndex.Partner) -> Phrase {
        guard !partner.losers.isEmpty else { return Phrase(verbatim: "") }
        func shown(_ path: FilePath) -> String { path.lastComponent?.string ?? path.string }
        let verb = partner.losers.count == 1 ? "was" : "were"
        let losers = partner.losers.map(shown).joined(separator: ", ")
        let winner = shown(partner.avatar)
        return Phrase("\(losers) \(verb) not used: \(winner) comes first", zh: "未使用 \(losers)：\(winner) 优先")
    }
}

extension OpenBatch {
    fileprivate func places(_ isWanted: (FileRole) -> Bool) -> [Place] {
        members.filter { isWanted($0.value.role) }.keys.compactMap(Place.init)
    }
}

extension Place {
    /// The folders between the batch's own and the file.
    var tags: [String] { folder.components.dropFirst().map(\.string) }
}

/// Names without ending, relative to the batch; with ending where two files of a role would be called the same.
private struct RelativeNames {
    private var uses: [[UInt8]: Int] = [:]
    private var whole: Set<[UInt8]> = []
    private let prefix: Int

    init(of batch: OpenBatch) {
        switch batch.folder {
        case .folder(let component): prefix = component.bytes.count + 1
        case .loose: prefix = 0
        }
        for place in batch.places({ [.audio, .avatar].contains($0) }) {
            uses[key(place.role, withoutEnding(place)), default: 0] += 1
            whole.insert(key(place.role, relative(place)))
        }
    }

    /// A stem that is another file's whole name ("a.wav" of "a.wav.mp3") is no name either, for that file may need it.
    func name(of place: Place) -> Name {
        let short = withoutEnding(place)
        let key = key(place.role, short)
        return Name(uses[key] == 1 && !whole.contains(key) ? short : relative(place))
    }

    private func relative(_ place: Place) -> [UInt8] { Array(place.path.bytes.dropFirst(prefix)) }

    private func withoutEnding(_ place: Place) -> [UInt8] {
        relative(place).dropLast(place.name.ending.utf8.count + 1)
    }

    /// Audios and avatars are named apart from each other.
    private func key(_ role: FileRole, _ name: [UInt8]) -> [UInt8] { [role == .audio ? 0 : 1] + name }
}
