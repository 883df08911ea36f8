import SystemPackage

/// All files of a batch sorted into items, halves and the rest, as of now. Files that were delivered already are only part of new items.
struct Pairing {
    /// An audio with its partner, and which of both leads.
    struct Couple {
        let lead: Place
        let partner: MediaIndex.Partner
        /// nil while one of their files is being written or the pair waits to be started.
        let pair: Pair?
    }

    private(set) var couples: [Couple] = []
    /// Audios and avatars without partner, and foreign files.
    private(set) var halves: [Place] = []
    private(set) var manifests: [FilePath] = []
    private(set) var others: [FilePath] = []
    /// Every file but those of `others` that no one would take for anything.
    let places: [Place]

    private let batch: OpenBatch
    private var used: Set<FilePath> = []

    init(of batch: OpenBatch) {
        self.batch = batch
        // taken apart only where needed: a folder may hold 100,000 files that are none of ours
        others = batch.members.filter { $0.value.role == .other && !$0.value.isKept }.map(\.key)
        places = batch.members.filter { $0.value.role != .other }.keys.compactMap { Place($0) }
        for place in places { addCouple(led: place) }
        let hasAudio = places.contains { $0.role == .audio }
        for place in places where !used.contains(place.path) && batch.members[place.path]?.isKept == false {
            addRest(place, hasAudio: hasAudio)
        }
    }

    private mutating func addCouple(led lead: Place) {
        guard lead.role == .audio || lead.role == .avatar, let partner = batch.media.partner(of: lead) else { return }
        let points = Place(partner.avatar).flatMap(batch.media.points)
        let files = [partner.audio, partner.avatar] + (points.map { [$0] } ?? [])
        used.formUnion(files)
        guard files.contains(where: { batch.members[$0]?.isKept == false }) else { return }
        couples.append(Couple(lead: lead, partner: partner, pair: batch.renders[lead.path]?.pair))
    }

    private mutating func addRest(_ place: Place, hasAudio: Bool) {
        switch place.role {
        case .audio where !batch.media.speaksForOthers(place): halves.append(place)
        case .avatar where isHalf(place, hasAudio: hasAudio): halves.append(place)
        case .foreign: halves.append(place)
        case .table, .checksums: manifests.append(place.path)
        // unused points, avatars that lost, and audios that lost to another one that speaks
        default: others.append(place.path)
        }
    }

    private func isHalf(_ avatar: Place, hasAudio: Bool) -> Bool {
        if Stem(avatar.path) == .avatar { return !hasAudio }
        return !batch.media.hasAudio(beside: avatar)
    }
}
