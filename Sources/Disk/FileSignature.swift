import Glibc

/// What tells one content of a file from another without reading it.
///
/// Size and modification time aren't enough: Samba's clients set the final size before the first byte and put the old
/// time back after each write. The change time moves with every write and can't be set; the blocks grow. The device's
/// number is left out, for it changes when a share is mounted again.
package struct FileSignature: Hashable, Sendable, Codable {
    package var inode: UInt64
    /// Bytes.
    package var size: Int64
    /// Modification time, nanoseconds since 1970.
    package var modified: Int64
    /// Change time, nanoseconds since 1970.
    package var changed: Int64
    /// Allocated blocks of 512 bytes.
    package var blocks: Int64

    package init(inode: UInt64, size: Int64, modified: Int64, changed: Int64, blocks: Int64) {
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
        self.blocks = blocks
    }

    /// Whether both are of the same content, as the ledger sees it: blocks don't count. Some file systems (ZFS, btrfs
    /// with compression, XFS) still change their number seconds or minutes after the last write.
    package func isSameContent(as other: FileSignature) -> Bool {
        inode == other.inode && size == other.size && modified == other.modified && changed == other.changed
    }
}

extension timespec {
    /// Nanoseconds since 1970, wrapping in the year 2262: file systems hold stranger times than that.
    var nanoseconds: Int64 { Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec) }
}
