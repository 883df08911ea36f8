import Disk
import SystemPackage

/// Which watch belongs to which folder, both ways. Paths are relative to the root, which is the empty path.
struct WatchTable {
    private var paths: [WatchID: FilePath] = [:]
    private var watches: [FilePath: WatchID] = [:]

    func path(of watch: WatchID) -> FilePath? { paths[watch] }

    func watch(of path: FilePath) -> WatchID? { watches[path] }

    /// A renamed folder keeps its watch: the new path wins.
    mutating func set(_ watch: WatchID, at path: FilePath) {
        if let old = paths[watch], old != path { watches[old] = nil }
        if let old = watches[path], old != watch { paths[old] = nil }
        paths[watch] = path
        watches[path] = watch
    }

    mutating func remove(_ watch: WatchID) {
        guard let path = paths.removeValue(forKey: watch) else { return }
        if watches[path] == watch { watches[path] = nil }
    }

    /// Drops all that `isLost` says, and gives their watches.
    mutating func removeAll(where isLost: (FilePath) -> Bool) -> [WatchID] {
        let lost = watches.filter { isLost($0.key) }.map(\.value)
        for watch in lost { remove(watch) }
        return lost
    }
}
