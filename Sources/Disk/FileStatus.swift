import Glibc

/// What kind of thing stands under a name.
package enum FileKind: UInt8, Sendable, Hashable {
    case regular, folder, symlink
    /// A FIFO, a device or a socket.
    case other

    init(mode: UInt32) {
        switch mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG): self = .regular
        case UInt32(S_IFDIR): self = .folder
        case UInt32(S_IFLNK): self = .symlink
        default: self = .other
        }
    }
}

/// What the file system knows about a name, without following a symlink.
package struct FileStatus: Hashable, Sendable {
    package var kind: FileKind
    package var signature: FileSignature
    /// Permission bits, e.g. 0o644.
    package var mode: UInt32
    package var owner: UInt32
    package var group: UInt32
    /// Number of hard links.
    package var links: UInt64
    package var device: UInt64

    init(_ raw: stat) {
        kind = FileKind(mode: raw.st_mode)
        signature = FileSignature(
            inode: UInt64(raw.st_ino), size: Int64(raw.st_size), modified: raw.st_mtim.nanoseconds,
            changed: raw.st_ctim.nanoseconds, blocks: Int64(raw.st_blocks))
        mode = raw.st_mode & 0o7777
        owner = raw.st_uid
        group = raw.st_gid
        links = UInt64(raw.st_nlink)
        device = UInt64(raw.st_dev)
    }
}
