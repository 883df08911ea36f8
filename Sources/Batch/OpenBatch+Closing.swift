import SystemPackage
import Words

extension OpenBatch {
    /// The batch as it is delivered. Only for a batch whose every member has settled and whose every item has ended.
    func closing() -> Closing {
        let pairing = Pairing(of: self)
        let said = markerContent
        let items = pairing.couples.compactMap { couple in
            couple.pair.map {
                Item(
                    name: couple.name, tags: unique(couple.tags + said.tags), pair: $0, note: couple.note,
                    row: couple.row)
            }
        }
        let halves = pairing.halves.map {
            Half(name: $0.name, tags: unique($0.tags + said.tags), path: $0.path, role: $0.role, row: $0.row)
        }
        let shortfall = said.expect.map { $0 - items.count } ?? 0
        return Closing(
            folder: folder, name: name,
            items: items.sorted { $0.name < $1.name },
            halves: halves.sorted { $0.name == $1.name ? $0.path.precedes($1.path) : $0.name < $1.name },
            markers: markers.keys.sortedByBytes(), marker: said, shortfall: shortfall > 0 ? shortfall : nil,
            manifests: pairing.manifests.sortedByBytes(),
            others: pairing.others.sortedByBytes())
    }

    /// What is left when it has closed: files that were delivered before, which stay partners for what comes.
    func afterClosing() -> OpenBatch? {
        let kept = members.filter(\.value.isKept)
        guard !kept.isEmpty else { return nil }
        var rest = OpenBatch(folder: folder, defaultAvatar: media.defaultAvatar)
        for (path, member) in kept {
            guard let place = Place(path), let revision = member.revision else { continue }
            var none: [InboxAction] = []
            rest.noteKept(place, revision: revision, into: &none)
        }
        return rest
    }

    private func unique(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.filter { seen.insert($0).inserted }
    }

    var name: Name {
        if case .folder(let component) = folder { return Name(component.bytes) }
        let first = markers.keys.sortedByBytes().first.flatMap { markers[$0]?.namedBatch }
        return Name(first ?? Array("inbox".utf8))
    }
}
