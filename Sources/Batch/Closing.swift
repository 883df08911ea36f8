package import SystemPackage
package import Words

/// A batch at the moment when its members are frozen. Every member is in exactly one place of it; the files of an item may serve several items.
package struct Closing: Sendable, Hashable {
    package let folder: BatchFolder
    /// The folder's name; for loose files "inbox", or what the `*` stands for in the name of the first marker (`monday.batch`).
    package let name: Name
    /// In natural order of their names.
    package let items: [Item]
    /// In natural order of their names.
    package let halves: [Half]
    /// All that close it, in byte order; none where a folder closes by quiet alone.
    package let markers: [FilePath]
    /// What all markers say.
    package let marker: MarkerContent
    /// How many items fewer than expected there are; nil where none are missing.
    package let shortfall: Int?
    /// `items.csv` and `SHA256SUMS`, in byte order.
    package let manifests: [FilePath]
    /// The rest, archived with the batch, in byte order: unknown endings, avatars that lost to another candidate or that nobody needs,
    /// points without a used avatar, markers that lie too deep.
    package let others: [FilePath]

    /// Every file of the batch once, in byte order; the configuration's default avatar is none.
    package var members: [FilePath] {
        var all = Set(items.flatMap(\.pair.files))
        all.formUnion(halves.map(\.path))
        for paths in [markers, manifests, others] { all.formUnion(paths) }
        return all.sortedByBytes()
    }
}

/// One video of a batch.
package struct Item: Sendable, Hashable {
    /// From `items.csv`, or else relative to the batch, without ending ("vip/003"); with its ending where two would be called the same
    /// ("a.wav", "a.mp3"). No two items of a batch have the same.
    package let name: Name
    /// The folders on the way from the batch's own to the file that it is named after, then those of `items.csv`, then the marker's; each once.
    package let tags: [String]
    package let pair: Pair
    /// What was decided between candidates, in plain words; empty where there was nothing to decide.
    package let note: Phrase
    /// Its row in `items.csv`.
    package let row: ItemsTable.Row?

    package var audio: FilePath { pair.audio }
    package var avatar: FilePath { pair.avatar }
    package var points: FilePath? { pair.points }
}

/// An audio or avatar without partner, or a file that can't be one.
package struct Half: Sendable, Hashable {
    package let name: Name
    package let tags: [String]
    package let path: FilePath
    /// `.audio`, `.avatar` or `.foreign`.
    package let role: FileRole
    /// Its row in `items.csv`.
    package var row: ItemsTable.Row?

    /// What a foreign file is, and what to do with it.
    package var foreignKind: ForeignKind? {
        role == .foreign ? ForeignFormat.kind(of: path) : nil
    }
}
