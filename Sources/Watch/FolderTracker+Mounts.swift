import Disk
import SystemPackage

/// What is mounted in the folder or below, as it comes and goes.
///
/// A share that is not mounted any more leaves an empty folder, which doesn't mean that its files were removed.
extension FolderTracker {
    /// - Returns: whether something was mounted or unmounted since the last time.
    @discardableResult
    mutating func lookForMounts(in folder: Folder) -> Bool {
        let (kindsBefore, before) = (mounts, mounted)
        let kinds = folder.mountsBeneath().filter { path, _ in
            guard let top = path.components.first else { return false }
            return !settings.ownFolders.contains(top) && path.components.allSatisfy { IgnoredNames.reason($0) == nil }
        }
        mounted = Set(kinds.keys)
        noteUnmounted(among: before.union(unmounted).subtracting(mounted), in: folder)
        for path in unmounted.intersection(mounted) { setUnmounted(path, false) }
        if settings.mode == .auto {
            mounts = kinds.filter { $1.way != .events }
            machine.settles = settings.settle == nil ? mounts.mapValues(WatchSettings.standardSettle) : [:]
        }
        return mounted != before || mounts != kindsBefore
    }

    /// - Parameter places: where nothing is mounted now.
    private mutating func noteUnmounted(among places: Set<FilePath>, in folder: Folder) {
        // the outer first: where one within another was mounted can't be seen before the other is back
        for path in places.sorted(by: { $0.components.count < $1.components.count }) {
            let isHidden = Self.isBelow(path.removingLastComponent(), unmounted)
            setUnmounted(path, isHidden || Self.mayBeFolder(path, in: folder))
        }
    }

    private static func mayBeFolder(_ path: FilePath, in folder: Folder) -> Bool {
        do throws(Errno) { return try folder.status(of: path).kind == .folder } catch {
            return error != .noSuchFileOrDirectory && error != .notDirectory
        }
    }

    mutating func setUnmounted(_ path: FilePath, _ isUnmounted: Bool) {
        if isUnmounted { unmounted.insert(path) } else { unmounted.remove(path) }
        setTrouble(isUnmounted, .unmounted(root.path.appending(path.components)))
    }

    /// Whether it lies in what is known to be unmounted.
    func isUnmounted(_ path: FilePath) -> Bool {
        !unmounted.isEmpty && Self.isBelow(path.removingLastComponent(), unmounted)
    }

    /// Whether what isn't found any more went with what it lay on; looks again when that may be.
    mutating func hasLostItsMount(_ path: FilePath) -> Bool {
        if let folder, Self.isBelow(path.removingLastComponent(), mounted), lookForMounts(in: folder) {
            needsRescan = true
        }
        return isUnmounted(path)
    }
}
