import SystemPackage
import Words

extension OpenBatch {
    /// The batch as it is delivered. Only for a batch whose every member has settled and whose every item has ended.
    func closing() -> Closing {
        let pairing = Pairing(of: self)
        let names = BatchNames(of: self, pairing.places)
        let items = names.items(pairing.couples)
        let said = markerContent
        let shortfall = said.expect.map { $0 - items.count } ?? 0
        return Closing(
            folder: folder, name: name, items: items, halves: names.halves(pairing.halves),
            markers: markers.keys.sortedByBytes(), marker: said, shortfall: shortfall > 0 ? shortfall : nil,
            manifests: pairing.manifests.sortedByBytes(), others: pairing.others.sortedByBytes())
    }

    /// What is left when it has closed: files that were delivered before, which stay partners for what comes.
    func afterClosing() -> OpenBatch? {
        let kept = members.filter(\.value.isKept)
        guard !kept.isEmpty else { return nil }
        var rest = OpenBatch(folder: folder, defaultAvatar: media.defaultAvatar)
        for (path, member) in kept {
            guard let place = Place(path), let revision = member.content else { continue }
            var none: [InboxAction] = []
            rest.noteKept(place, revision: revision, into: &none)
        }
        return rest
    }

    var name: Name {
        if case .folder(let component) = folder { return Name(component.bytes) }
        let first = markers.keys.sortedByBytes().first.flatMap { markers[$0]?.namedBatch }
        return Name(first ?? Array("inbox".utf8))
    }
}
