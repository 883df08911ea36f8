import SystemPackage

extension OpenBatch {
    /// The batch as it is delivered. Only for a batch whose every member has settled and whose every item has ended.
    func closing() -> Closing {
        let pairing = Pairing(of: self)
        let items = pairing.couples.compactMap { couple in
            couple.pair.map { Item(name: couple.name, tags: couple.tags, pair: $0, note: couple.note) }
        }
        return Closing(
            folder: folder, name: name,
            items: items.sorted { $0.name < $1.name },
            halves: pairing.halves.sorted { $0.name == $1.name ? $0.path.precedes($1.path) : $0.name < $1.name },
            markers: markers.keys.sortedByBytes(),
            manifests: pairing.manifests.sortedByBytes(),
            others: pairing.others.sortedByBytes())
    }

    var name: Name {
        if case .folder(let component) = folder { return Name(component.bytes) }
        let first = markers.keys.sortedByBytes().first.flatMap(Place.init)
        return Name(first?.namedBatch ?? Array("inbox".utf8))
    }
}
