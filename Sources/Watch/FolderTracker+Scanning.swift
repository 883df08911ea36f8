import Disk
import SystemPackage

extension FolderTracker {
    /// Looks at everything, and watches every folder anew.
    ///
    /// A root that can't be found or listed isn't taken for an empty one: that is told once, and all is kept until it
    /// is back.
    package mutating func rescan(now: Duration) {
        needsRescan = false
        guard hasRoot() else { return }
        isOutOfWatches = false
        machine.beginScan()
        scan(FilePath(), now: now)
        endScan(below: FilePath())
        setTrouble(isOutOfWatches, .tooManyFolders)
    }

    /// Whether the watched folder still stands under its path; says so when that has changed.
    mutating func hasRoot() -> Bool {
        let status = try? Folder(opening: folder.path).status(of: "")
        // in one run of the service the device's number tells a mount over the folder from the folder
        isPresent = status?.signature.inode == root.signature.inode && status?.device == root.device
        setTrouble(!isPresent, .missing(folder.path))
        if !isPresent { needsRescan = true }
        return isPresent
    }

    /// A folder has appeared, or something happened to a known one.
    mutating func adopt(_ path: FilePath, now: Duration) {
        let old = watches.watch(of: path)
        tell(machine.lost(path))
        ignored.remove(path)
        machine.beginScan()
        scan(path, now: now)
        if isOutOfWatches { setTrouble(true, .tooManyFolders) }
        // only a folder in another's place can have left something behind
        if let old, watches.watch(of: path) != old { endScan(below: path) }
    }

    private mutating func endScan(below top: FilePath) {
        for path in unreachable where path.starts(with: top) && isGone(path) { setUnreachable(path, false) }
        let unreachable = unreachable
        output += machine.endScan(below: top) { missing in unreachable.contains { missing.starts(with: $0) } }
        for path in ignored where path.starts(with: top) && isGone(path) { tellIgnoredGone(path) }
    }

    /// Looks at a folder and all below it.
    private mutating func scan(_ top: FilePath, now: Duration) {
        var rest = [top]
        while let path = rest.popLast() {
            // watched before it is listed, or what comes in between would never be told
            watch(path)
            do {
                try list(path, folders: &rest, now: now)
                setUnreachable(path, false)
            } catch Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.tooManySymbolicLinkLevels {
                // gone meanwhile, of which its parent's event or the next scan tells
            } catch {
                setUnreachable(path, true)
            }
        }
    }

    private mutating func watch(_ path: FilePath) {
        do {
            watches.set(try stream.addWatch(folder.path.appending(path.components)), at: path)
        } catch Errno.noSpace {
            isOutOfWatches = true
        } catch {
            // gone, or not readable: its listing tells
        }
    }

    private mutating func list(_ path: FilePath, folders: inout [FilePath], now: Duration) throws(Errno) {
        try folder.forEachEntry(of: path) { entry, status in
            let inner = path.appending(entry.name)
            // a known file's name needn't be judged again
            let isKnown = entry.kind == .regular && machine.knows(inner)
            guard isKnown || !isIgnoredByName(entry.name, at: inner) else { return }
            switch entry.kind {
            case .regular:
                guard let status = status(), status.kind == .regular else { return }
                if !isKnown { ignored.remove(inner) }
                tell(machine.saw(inner, status.signature, by: .scan, now: now))
            case .folder: folders.append(inner)
            case .symlink: ignore(inner, because: .symlink)
            case .other: ignore(inner, because: .special)
            }
        }
    }

    /// Forgets folders that aren't there any more, with all that was below them, in one pass.
    mutating func forget(below lost: Set<FilePath>) {
        guard !lost.isEmpty else { return }
        for watch in watches.removeAll(where: { Self.isBelow($0, lost) }) { stream.removeWatch(watch) }
        for path in unreachable where Self.isBelow(path, lost) { setUnreachable(path, false) }
        // strictly below: a file may stand in the folder's place already
        output += machine.lostAll { Self.isBelow($0.removingLastComponent(), lost) }
        for path in ignored where Self.isBelow(path.removingLastComponent(), lost) { tellIgnoredGone(path) }
    }

    private static func isBelow(_ path: FilePath, _ folders: Set<FilePath>) -> Bool {
        var path = path
        while !path.isEmpty {
            if folders.contains(path) { return true }
            path.removeLastComponent()
        }
        return false
    }

    /// Whether a name has left; false where that can't be told.
    func isGone(_ path: FilePath) -> Bool {
        do {
            _ = try folder.status(of: path)
            return false
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }
}
