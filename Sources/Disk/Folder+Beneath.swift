import CInotify
import Glibc
import SystemPackage

/// A descriptor that is closed with its last reference, or one that is only borrowed.
final class Descriptor: Sendable {
    let number: Int32
    private let isOwned: Bool

    init(owning number: Int32) {
        self.number = number
        isOwned = true
    }

    init(borrowing number: Int32) {
        self.number = number
        isOwned = false
    }

    deinit {
        if isOwned { _ = close(number) }
    }
}

extension Folder {
    /// The opened parent of a path, and the last name.
    struct Place {
        var folder: Descriptor
        var name: FilePath.Component
    }

    /// Opens the parent of `path`. Throws `.invalidArgument` for an absolute path, an empty one, and one with `..`.
    func locate(_ path: FilePath) throws(Errno) -> Place {
        guard path.isRelative, let name = path.lastComponent, name.kind == .regular else { throw .invalidArgument }
        return Place(folder: try openFolder(path.removingLastComponent(), flags: O_PATH), name: name)
    }

    /// Opens a folder beneath this one; the empty path is this one.
    func openFolder(_ path: FilePath, flags: Int32 = O_RDONLY) throws(Errno) -> Descriptor {
        guard !path.isEmpty else { return Descriptor(borrowing: descriptor) }
        return Descriptor(owning: try openBeneath(path, flags: flags | O_DIRECTORY, mode: 0))
    }

    /// Opens what stands under `path`, without following symlinks and never out of this folder.
    func openBeneath(_ path: FilePath, flags: Int32, mode: UInt32) throws(Errno) -> Int32 {
        let flags = flags | O_CLOEXEC | O_NOFOLLOW
        guard features.contains(.openBeneath) else { return try openStepwise(path, flags: flags, mode: mode) }
        do {
            return try systemCall {
                path.withPlatformString { hgw_open_beneath(descriptor, $0, flags, mode_t(mode)) }
            }
        } catch Errno.noFunction, Errno.notPermitted, Errno.fileNameTooLong {
            // older containers answer EPERM for calls that they don't know; and no path may have more than 4096 bytes,
            // which folders in folders may well have together
            return try openStepwise(path, flags: flags, mode: mode)
        }
    }

    /// The same for kernels (and containers) without openat2, and for longer paths than it takes: one name at a time, none
    /// of which may be a symlink.
    private func openStepwise(_ path: FilePath, flags: Int32, mode: UInt32) throws(Errno) -> Int32 {
        guard path.isRelative else { throw .invalidArgument }
        let names = Array(path.components)
        guard let last = names.last, names.allSatisfy({ $0.kind != .parentDirectory }) else { throw .invalidArgument }
        var folder = Descriptor(borrowing: descriptor)
        for name in names.dropLast() {
            let parent = folder.number
            let next = try systemCall {
                name.withPlatformString {
                    hgw_openat(parent, $0, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
                }
            }
            folder = Descriptor(owning: next)
        }
        let parent = folder.number
        return try systemCall { last.withPlatformString { hgw_openat(parent, $0, flags, mode_t(mode)) } }
    }
}
