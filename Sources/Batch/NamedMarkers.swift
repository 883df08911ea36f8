import SystemPackage

/// Markers like `monday.batch` at the inbox's top: which batch each is for, which changes as folders come and go.
struct NamedMarkers: Sendable {
    private var folders: [FoldedName: Set<FilePath.Component>] = [:]
    private struct Home {
        let stem: [UInt8]
        /// The batch that it counts for now.
        var batch: BatchFolder
    }

    /// By folded stem.
    private var homes: [FoldedName: [FilePath: Home]] = [:]

    /// The folder of that name, spelled exactly so or else the first in byte order; without one the loose files.
    func target(of stem: [UInt8]) -> BatchFolder {
        let candidates = folders[FoldedName(stem)] ?? []
        let best = candidates.first { $0.bytes == stem } ?? candidates.min { $0.precedes($1) }
        return best.map(BatchFolder.folder) ?? .loose
    }

    mutating func insert(_ marker: FilePath, stem: [UInt8]) -> BatchFolder {
        let home = target(of: stem)
        homes[FoldedName(stem), default: [:]][marker] = Home(stem: stem, batch: home)
        return home
    }

    mutating func remove(_ marker: FilePath, stem: [UInt8]) {
        let key = FoldedName(stem)
        homes[key]?[marker] = nil
        if homes[key]?.isEmpty == true { homes[key] = nil }
    }

    struct Move {
        let marker: FilePath
        let from: BatchFolder
        let to: BatchFolder
    }

    /// - Returns: the markers that count for another batch now.
    mutating func noteFolder(_ folder: FilePath.Component, exists: Bool) -> [Move] {
        let key = FoldedName(folder.bytes)
        if exists {
            folders[key, default: []].insert(folder)
        } else {
            folders[key]?.remove(folder)
            if folders[key]?.isEmpty == true { folders[key] = nil }
        }
        var moves: [Move] = []
        for (marker, home) in homes[key] ?? [:] {
            let target = target(of: home.stem)
            guard target != home.batch else { continue }
            homes[key]?[marker]?.batch = target
            moves.append(Move(marker: marker, from: home.batch, to: target))
        }
        return moves
    }
}
