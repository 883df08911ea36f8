import SystemPackage

/// A file's name without its ending, as it compares. It holds the path, which the file has anyhow, and no copy of the name:
/// with 100,000 files that counts.
struct Stem: Hashable, Sendable {
    private let path: FilePath

    /// The stem that serves every audio without a partner of its own.
    static let avatar = Stem("avatar")
    /// The stem that speaks for every avatar of its folder without a partner of its own.
    static let audio = Stem("audio")

    init(_ path: FilePath) {
        self.path = path
    }

    private var folded: [UInt8] { FoldedName.fold(FileName.stem(of: path.lastComponent?.bytes ?? [])) }

    static func == (left: Stem, right: Stem) -> Bool { left.path == right.path || left.folded == right.folded }
    func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}
