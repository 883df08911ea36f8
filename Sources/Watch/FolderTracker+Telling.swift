import Disk
import SystemPackage

extension FolderTracker {
    mutating func tell(_ event: WatchEvent?) {
        if let event { output.append(event) }
    }

    /// Whether a name is never looked at; said once, unless it is the service's own.
    mutating func isIgnoredByName(_ name: FilePath.Component, at path: FilePath) -> Bool {
        // the service's own folders lie at the top only
        if ownFolders.contains(name), path.components.count == 1 { return true }
        guard let reason = IgnoredNames.reason(name) else { return false }
        ignore(path, because: reason)
        return true
    }

    mutating func ignore(_ path: FilePath, because reason: Ignored) {
        tell(machine.lost(path))
        if ignored.insert(path).inserted { tell(.ignored(path, reason)) }
    }

    mutating func tellIgnoredGone(_ path: FilePath) {
        if ignored.remove(path) != nil { tell(.gone(path)) }
    }

    mutating func setUnreachable(_ path: FilePath, _ isUnreachable: Bool) {
        guard isUnreachable != unreachable.contains(path) else { return }
        if isUnreachable { unreachable.insert(path) } else { unreachable.remove(path) }
        let place = folder.path.appending(path.components)
        setTrouble(isUnreachable, "The folder \(place) can't be read. Allow the service to list it.")
    }

    /// Tells a trouble once when it begins, and once when it is over.
    mutating func setTrouble(_ isThere: Bool, _ message: String) {
        if isThere {
            if troubles.insert(message).inserted { tell(.trouble(message)) }
        } else if troubles.remove(message) != nil {
            tell(.troubleOver(message))
        }
    }

    var missingRootMessage: String {
        "The folder \(folder.path) is gone or something else stands in its place. "
            + "Nothing is forgotten; work goes on when it is back."
    }

    static let watchLimitMessage =
        "There are more folders than one user may watch on this system; changes in the others are noticed minutes "
        + "later. Raise fs.inotify.max_user_watches (sysctl)."
}
