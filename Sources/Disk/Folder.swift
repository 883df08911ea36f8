import CInotify
import Glibc
package import SystemPackage

/// An opened folder.
///
/// Every path is relative to it and is resolved without following a symlink and never out of it; the empty path is
/// the folder itself. The descriptor is closed with the last reference.
package final class Folder: Sendable {
    /// Where it was opened: for messages, and to see whether the same folder still stands there.
    package let path: FilePath
    let descriptor: Int32
    let observer: (any DiskObserver)?
    let features: KernelFeatures
    /// Whether a file system was mounted here when it was opened.
    private let wasMountPoint: Bool

    /// Opens a folder that a person named: symlinks on the way to it are followed.
    package init(
        opening path: FilePath, observer: (any DiskObserver)? = nil, features: KernelFeatures = .all
    ) throws(Errno) {
        descriptor = try systemCall {
            path.withPlatformString { hgw_openat(AT_FDCWD, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) }
        }
        self.path = path
        self.observer = observer
        self.features = features
        wasMountPoint = Self.isMountPoint(descriptor)
    }

    deinit {
        _ = close(descriptor)
    }

    /// The folder that stands under `path` now: this one as long as it does, else the one that has come in its place.
    ///
    /// Throws `.noSuchFileOrDirectory` when there is none, and also while a share that was mounted here is away: the
    /// empty folder below it is not the share.
    package func current() throws(Errno) -> Folder {
        let there = try Folder(opening: path, observer: observer, features: features)
        // an unmounted share may not answer for this one any more
        let mine = try? status(of: "")
        let theirs = try there.status(of: "")
        if mine?.signature.inode == theirs.signature.inode, mine?.device == theirs.device { return self }
        guard there.wasMountPoint || !wasMountPoint else { throw .noSuchFileOrDirectory }
        return there
    }

    /// What stands under `path`; a symlink is told as such, not followed.
    package func status(of path: FilePath) throws(Errno) -> FileStatus {
        guard !path.isEmpty else { return try Self.status(of: descriptor) }
        let place = try locate(path)
        var raw = stat()
        _ = try systemCall {
            place.name.withPlatformString { fstatat(place.folder.number, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        }
        return FileStatus(raw)
    }

    /// Bytes that may still be written here.
    package func freeBytes() throws(Errno) -> UInt64 {
        var magic: UInt64 = 0
        var free: UInt64 = 0
        _ = try systemCall { hgw_file_system(descriptor, &magic, &free) }
        return free
    }

    package func fileSystem() throws(Errno) -> FileSystemKind {
        var magic: UInt64 = 0
        var free: UInt64 = 0
        _ = try systemCall { hgw_file_system(descriptor, &magic, &free) }
        return FileSystemKind(magic: magic)
    }

    private static func isMountPoint(_ descriptor: Int32) -> Bool {
        var (own, parent) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && fstatat(descriptor, "..", &parent, 0) == 0
            && own.st_dev != parent.st_dev
    }

    static func status(of descriptor: Int32) throws(Errno) -> FileStatus {
        var raw = stat()
        _ = try systemCall { fstat(descriptor, &raw) }
        return FileStatus(raw)
    }
}
