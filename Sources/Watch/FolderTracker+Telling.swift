import Disk
import SystemPackage

extension FolderTracker {
    mutating func tell(_ event: WatchEvent?) {
        if let event { output.append(event) }
    }

    /// Whether a name is never looked at; said once, unless it is the service's own.
    mutating func isIgnoredByName(_ name: FilePath.Component, at path: FilePath) -> Bool {
        // the service's own folders lie at the top only
        if settings.ownFolders.contains(name), path.components.count == 1 { return true }
        guard let reason = settings.isOwnFile(path) ? .own : IgnoredNames.reason(name) else { return false }
        ignore(path, because: reason)
        return true
    }

    mutating func ignore(_ path: FilePath, because reason: Ignored) {
        tell(machine.lost(path))
        if ignored.insert(path).inserted { tell(.ignored(path, reason)) }
    }

    mutating func tellIgnoredGone(_ path: FilePath) {
        stirring[path] = nil
        if ignored.remove(path) != nil { tell(.gone(path)) }
    }

    mutating func setUnreachable(_ path: FilePath, _ isUnreachable: Bool) {
        guard isUnreachable != unreachable.contains(path) else { return }
        if isUnreachable { unreachable.insert(path) } else { unreachable.remove(path) }
        setTrouble(isUnreachable, .unreadable(root.path.appending(path.components)))
    }

    /// Tells a trouble once when it begins, and once when it is over.
    mutating func setTrouble(_ isThere: Bool, _ trouble: WatchTrouble) {
        if isThere {
            if troubles.insert(trouble).inserted { tell(.trouble(trouble)) }
        } else if troubles.remove(trouble) != nil {
            tell(.troubleOver(trouble))
        }
    }
}
