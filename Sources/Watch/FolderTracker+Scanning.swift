import Disk
import SystemPackage

extension FolderTracker {
    /// Looks at everything, and watches every folder anew.
    ///
    /// A root that isn't the one that it was isn't taken for an empty one: that is told once, and all is kept until it is
    /// back.
    package mutating func rescan(now: Duration) {
        needsRescan = false
        guard let folder = standingFolder() else { return }
        needsRescan = false
        openStream()
        lookForMounts(in: folder)
        let isFirst = cookie.state == .wanted
        unwatched = []
        let found = look(below: [FilePath()], isWatchedAnew: true, now: now)
        // where events should have told of it
        if found, !isFirst, usesEvents, !needsPolls { cookie.doubt() }
        ask(in: folder, now: now)
        tellPresent()
        tellWatching()
    }

    /// Looks at what isn't told by events.
    package mutating func poll(now: Duration) {
        guard standingFolder() != nil, !needsRescan else { return }
        look(below: polled, isWatchedAnew: false, now: now)
        tellWatching()
    }

    /// Something has been mounted or unmounted somewhere.
    ///
    /// - Returns: whether everything is to be looked at now, because the folder is back or others are mounted in it.
    package mutating func noteNewMounts() -> Bool {
        let wasPresent = isPresent
        guard let folder = standingFolder() else { return false }
        let isNew = lookForMounts(in: folder)
        if isNew { cookie.doubt() }
        return !wasPresent || isNew
    }

    /// A folder has appeared, or something happened to a known one.
    mutating func adopt(_ path: FilePath, now: Duration) {
        let old = watches.watch(of: path)
        tell(machine.lost(path))
        ignored.remove(path)
        machine.beginScan()
        scan(path, isWatchedAnew: true, now: now)
        // only a folder in another's place can have left something behind
        if let old, watches.watch(of: path) != old { endScan(below: [path]) }
        setTrouble(!unwatched.isEmpty, .tooManyFolders(poll: settings.poll))
    }

    /// - Returns: whether something was found that wasn't known.
    @discardableResult
    private mutating func look(below tops: Set<FilePath>, isWatchedAnew: Bool, now: Duration) -> Bool {
        let told = output.count
        machine.beginScan()
        for top in tops { scan(top, isWatchedAnew: isWatchedAnew, now: now) }
        endScan(below: tops)
        setTrouble(!unwatched.isEmpty, .tooManyFolders(poll: settings.poll))
        return output.count > told
    }

    private mutating func endScan(below tops: Set<FilePath>) {
        // what was unmounted while it was listed is not empty
        if let folder, !mounted.isEmpty, lookForMounts(in: folder) { needsRescan = true }
        let isCovered = { (path: FilePath) in tops.contains(FilePath()) || Self.isBelow(path, tops) }
        for path in unreachable where isCovered(path) && isGone(path) { setUnreachable(path, false) }
        let unreachable = unreachable.union(unmounted)
        output += machine.endScan(where: isCovered) {
            Self.isBelow($0, unreachable) || unreachable.contains(FilePath())
        }
        for path in ignored where isCovered(path) && isGone(path) { tellIgnoredGone(path) }
    }

    /// Looks at a folder and all below it.
    private mutating func scan(_ top: FilePath, isWatchedAnew: Bool, now: Duration) {
        var rest = [top]
        while let path = rest.popLast() {
            // the folder where it was mounted is another
            guard !Self.isBelow(path, unmounted) else { continue }
            // watched before it is listed, or what comes in between would never be told
            if isWatchedAnew || watches.watch(of: path) == nil { watch(path) }
            do {
                try list(path, folders: &rest, now: now)
                setUnreachable(path, false)
            } catch Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.tooManySymbolicLinkLevels {
                // gone meanwhile, of which its parent's event or the next scan tells
                unwatched.remove(path)
            } catch {
                setUnreachable(path, true)
            }
        }
    }

    private mutating func watch(_ path: FilePath) {
        guard usesEvents, let folder else { return }
        do {
            watches.set(try stream.addWatch(path, beneath: folder), at: path)
            unwatched.remove(path)
        } catch Errno.noSpace {
            unwatched.insert(path)
        } catch {
            // gone, or not readable: its listing tells
        }
    }

    private mutating func list(_ path: FilePath, folders: inout [FilePath], now: Duration) throws(Errno) {
        try folder?.forEachEntry(of: path) { entry, status in
            let inner = path.appending(entry.name)
            // a known file's name needn't be judged again
            let isKnown = entry.kind == .regular && machine.knows(inner)
            guard isKnown || !isIgnoredByName(entry.name, at: inner) else {
                if entry.kind == .regular, Stirring.isOfUse(entry.name) { noteStirring(inner, status(), now: now) }
                return
            }
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
        unwatched = unwatched.filter { !Self.isBelow($0, lost) }
        for path in unreachable where Self.isBelow(path, lost) { setUnreachable(path, false) }
        for path in unmounted where Self.isBelow(path, lost) { setUnmounted(path, false) }
        // strictly below: a file may stand in the folder's place already
        output += machine.lostAll { Self.isBelow($0.removingLastComponent(), lost) }
        for path in ignored where Self.isBelow(path.removingLastComponent(), lost) { tellIgnoredGone(path) }
    }

    /// Whether a path is one of `folders` or lies in one; the empty path isn't looked for.
    static func isBelow(_ path: FilePath, _ folders: Set<FilePath>) -> Bool {
        guard !folders.isEmpty else { return false }
        var path = path
        while !path.isEmpty {
            if folders.contains(path) { return true }
            path.removeLastComponent()
        }
        return false
    }

    /// Whether a name has left; false where that can't be told.
    func isGone(_ path: FilePath) -> Bool {
        do throws(Errno) {
            guard let folder, !isUnmounted(path) else { return false }
            _ = try folder.status(of: path)
            return false
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }
}
