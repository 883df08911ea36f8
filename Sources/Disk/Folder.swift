import CInotify
import Glibc
package import SystemPackage

/// An opened folder.
///
/// Every path is relative to it and is resolved without following a symlink and never out of it; the empty path is
/// the folder itself. The descriptor is closed with the last reference.
package final class Folder: Sendable {
    /// Where it was opened, for messages.
    package let path: FilePath
    let descriptor: Int32
    let observer: (any DiskObserver)?
    let features: KernelFeatures

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
    }

    deinit {
        _ = close(descriptor)
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

    package func fileSystem() throws(Errno) -> FileSystemKind { try Self.fileSystem(of: descriptor) }

    static func fileSystem(of descriptor: Int32) throws(Errno) -> FileSystemKind {
        var magic: UInt64 = 0
        var free: UInt64 = 0
        _ = try systemCall { hgw_file_system(descriptor, &magic, &free) }
        return FileSystemKind(magic: magic, type: MountTable.current().mount(of: descriptor)?.type)
    }

    static func status(of descriptor: Int32) throws(Errno) -> FileStatus {
        var raw = stat()
        _ = try systemCall { fstat(descriptor, &raw) }
        return FileStatus(raw)
    }
}
