package import SystemPackage
package import Words

/// A batch at the moment when its members are frozen. Every member is in exactly one place of it; an avatar and its points may serve several items.
package struct Closing: Sendable, Hashable {
    package let folder: BatchFolder
    /// The folder's name; for loose files "inbox", or what stands before `.batch` in the name of the first marker.
    package let name: Name
    /// In natural order of their names.
    package let items: [Item]
    /// In natural order of their names.
    package let halves: [Half]
    /// All that close it, in byte order.
    package let markers: [FilePath]
    /// `items.csv` and `SHA256SUMS`, in byte order.
    package let manifests: [FilePath]
    /// The rest, archived with the batch, in byte order: unknown endings, avatars that lost to another candidate or that nobody needs,
    /// points without a used avatar, markers that lie too deep.
    package let others: [FilePath]

    /// Every file of the batch once, in byte order.
    package var members: [FilePath] {
        var all = Set(items.flatMap { [$0.audio, $0.avatar] + ($0.points.map { [$0] } ?? []) })
        all.formUnion(halves.map(\.path))
        for paths in [markers, manifests, others] { all.formUnion(paths) }
        return all.sortedByBytes()
    }
}

/// One video of a batch.
package struct Item: Sendable, Hashable {
    /// Relative to the batch, without ending ("vip/003"); with its ending where two would be called the same ("a.wav", "a.mp3").
    package let name: Name
    /// The folders on the way from the batch's own to the audio.
    package let tags: [String]
    package let pair: Pair
    /// What was decided between candidates, in plain words; empty where there was nothing to decide.
    package let note: Phrase

    package var audio: FilePath { pair.audio }
    package var avatar: FilePath { pair.avatar }
    package var points: FilePath? { pair.points }
}

/// An audio or avatar without partner.
package struct Half: Sendable, Hashable {
    package let name: Name
    package let tags: [String]
    package let path: FilePath
    /// `.audio` or `.avatar`.
    package let role: FileRole
}
