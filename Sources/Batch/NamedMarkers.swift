import SystemPackage

/// Markers like `monday.batch` at the inbox's top: which batch each is for, which changes as folders come and go.
struct NamedMarkers: Sendable {
    private var folders: [FoldedName: Set<FilePath.Component>] = [:]
    /// By stem; each marker with the batch that it counts for now.
    private var homes: [FoldedName: [FilePath: BatchFolder]] = [:]

    /// The folder of that name, spelled exactly so or else the first in byte order; without one the loose files.
    func target(of stem: [UInt8]) -> BatchFolder {
        let candidates = folders[FoldedName(stem)] ?? []
        let best = candidates.first { $0.bytes == stem } ?? candidates.min { $0.precedes($1) }
        return best.map(BatchFolder.folder) ?? .loose
    }

    mutating func insert(_ marker: FilePath, stem: [UInt8]) -> BatchFolder {
        let home = target(of: stem)
        homes[FoldedName(stem), default: [:]][marker] = home
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
            guard let stem = Place(marker)?.name.stem else { continue }
            let target = target(of: stem)
            guard target != home else { continue }
            homes[key]?[marker] = target
            moves.append(Move(marker: marker, from: home, to: target))
        }
        return moves
    }
}
