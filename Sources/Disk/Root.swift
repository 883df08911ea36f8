import Glibc
import Synchronization
package import SystemPackage

/// A folder that people named, an inbox or an outbox, known by the id in it: wherever it is mounted, and whatever else
/// stands in its place meanwhile.
///
/// Ask for the folder anew for each piece of work, and keep it no longer: it holds the file system that it is on.
package final class Root: Sendable {
    /// As it was named; symlinks on the way are followed.
    package let path: FilePath
    /// What the id file holds.
    package let id: String
    private let locking: Locking
    private let observer: (any DiskObserver)?
    private let features: KernelFeatures
    private let state = Mutex(State())

    /// Whether others are kept from working here at the same time.
    package enum Locking: Sendable {
        case none
        /// By a lock, taken anew on a folder that has come back.
        case exclusive
        /// The same, and whoever holds it at the first look loses it.
        case takeOver
    }

    private struct State {
        var standing: Standing?
        /// Whether the first look is over: a folder that comes back later is taken as any other.
        var hasLooked = false
    }

    /// The folder that was last found to be ours.
    private struct Standing {
        let folder: Folder
        let status: FileStatus
        let lock: RootLock?
    }

    /// Opens a folder that is used from now on, and gives it an id if it has none.
    package init(
        opening path: FilePath, locking: Locking = .none, observer: (any DiskObserver)? = nil,
        features: KernelFeatures = .all
    ) throws(RootAway) {
        (self.path, self.locking, self.observer, self.features) = (path, locking, observer, features)
        do throws(Errno) {
            id = try RootID.take(in: Folder(opening: path, observer: observer, features: features))
        } catch {
            throw RootAway(path, error)
        }
        _ = try folder()
    }

    /// One that was used before; it may be away now.
    package init(
        _ path: FilePath, id: String, locking: Locking = .none, observer: (any DiskObserver)? = nil,
        features: KernelFeatures = .all
    ) {
        (self.path, self.id, self.locking) = (path, id, locking)
        (self.observer, self.features) = (observer, features)
    }

    /// The folder, when the one that stands under the path is ours and can be used.
    ///
    /// Costs a few looks at the path as long as it stands there. What was held of one that doesn't is given up, so that
    /// its file system can be unmounted.
    package func folder() throws(RootAway) -> Folder {
        try state.withLock { state throws(RootAway) in
            if let standing = state.standing {
                if try stands(standing) { return standing.folder }
                state.standing = nil
            }
            let isTakingOver = locking == .takeOver && !state.hasLooked
            state.hasLooked = true
            let standing = try find(isTakingOver: isTakingOver)
            state.standing = standing
            return standing.folder
        }
    }

    /// Who works with the root that stands there, as far as that can be told; nil when nobody does.
    package static func holder(in folder: Folder) -> String? { RootLock.presentHolder(in: folder) }

    /// Gives up what is held, the lock as well.
    package func close() { state.withLock { $0.standing = nil } }

    /// Looks at the path: false where something else stands there now.
    private func stands(_ known: Standing) throws(RootAway) -> Bool {
        var raw = stat()
        do throws(Errno) { _ = try systemCall { path.withPlatformString { stat($0, &raw) } } } catch {
            // what hides it does not end it: who may not look keeps what is held
            if error == .permissionDenied { throw RootAway(path, .unreadable) }
            return false
        }
        let found = FileStatus(raw)
        guard found.device == known.status.device, found.signature.inode == known.status.signature.inode else {
            return false
        }
        try checkUse(known.folder)
        var newHolder: String?
        do throws(Errno) {
            try RootID.restore(id, in: known.folder)
            newHolder = try known.lock?.newHolder(in: known.folder)
        } catch {
            // without its lock file it has to be locked anew
            guard error != .noSuchFileOrDirectory else { return false }
            throw RootAway(path, error)
        }
        if let newHolder { throw RootAway(path, .lost(to: newHolder)) }
        return true
    }

    private func find(isTakingOver: Bool) throws(RootAway) -> Standing {
        let folder: Folder
        let found: String?
        let status: FileStatus
        do throws(Errno) {
            folder = try Folder(opening: path, observer: observer, features: features)
            status = try folder.status(of: "")
            found = try RootID.read(in: folder)
        } catch {
            throw RootAway(path, error)
        }
        guard found == id else { throw RootAway(path, .another) }
        try checkUse(folder)
        let lock = locking == .none ? nil : try RootLock(in: folder, isTakingOver: isTakingOver)
        return Standing(folder: folder, status: status, lock: lock)
    }

    /// Whether it may be listed and entered, and takes changes.
    private func checkUse(_ folder: Folder) throws(RootAway) {
        do throws(Errno) { try path.checkListing() } catch { throw RootAway(path, error) }
        guard !folder.isReadOnly else { throw RootAway(path, .readOnly) }
    }
}

extension FilePath {
    /// Whether the folder may be listed and entered.
    func checkListing() throws(Errno) {
        // the call that asks for the effective user is refused in containers of old versions, and ours is the real one
        _ = try systemCall { withPlatformString { access($0, R_OK | X_OK) } }
    }
}

extension Folder {
    /// Whether its file system is mounted so that nothing can be changed.
    var isReadOnly: Bool {
        var facts = statvfs()
        return fstatvfs(descriptor, &facts) == 0 && facts.f_flag & UInt(ST_RDONLY) != 0
    }
}
