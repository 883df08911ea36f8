/// A file system by its magic number: its name, and how far its change events can be trusted.
package struct FileSystemKind: Sendable, Hashable {
    /// How changes become known there.
    package enum Locality: Sendable, Hashable {
        /// Every change is made through this kernel: events tell all of it.
        case local
        /// Changes may be made behind the kernel's back (FUSE, overlay, 9p): events help, looking is needed.
        case shared
        case smb
        case nfs
        /// Any other network or cluster file system, and all that we don't know.
        case remote
    }

    package let name: String
    package let locality: Locality

    package var eventsAreComplete: Bool { locality == .local }

    /// Names a file system by `f_type` of statfs(2); the list is that of coreutils' stat with its own notes on `tail`.
    package init(magic: UInt64) {
        let known = Self.known[magic]
        name = known?.0 ?? "0x" + String(magic, radix: 16)
        locality = known?.1 ?? .remote
    }

    private static let known: [UInt64: (String, Locality)] = [
        0xEF53: ("ext4", .local), 0x9123_683E: ("btrfs", .local), 0x5846_5342: ("xfs", .local),
        0x2FC1_2FC1: ("zfs", .local), 0x0102_1994: ("tmpfs", .local), 0xCA45_1A4E: ("bcachefs", .local),
        0xF2F5_2010: ("f2fs", .local), 0x2011_BAB0: ("exfat", .local), 0x5346_544E: ("ntfs", .local),
        0x7366_746E: ("ntfs3", .local), 0x4D44: ("vfat", .local), 0x3153_464A: ("jfs", .local),
        0x8584_58F6: ("ramfs", .local),
        0x6573_5546: ("fuse", .shared), 0x794C_7630: ("overlay", .shared), 0x6175_6673: ("aufs", .shared),
        0x0102_1997: ("9p", .shared), 0x5346_4846: ("wslfs", .shared), 0x786F_4256: ("vboxsf", .shared),
        0xBACB_ACBC: ("vmhgfs", .shared), 0x7C7C_6673: ("prl_fs", .shared),
        0xFF53_4D42: ("cifs", .smb), 0x517B: ("smb", .smb), 0xFE53_4D42: ("smb2", .smb), 0x564C: ("ncp", .smb),
        0x6969: ("nfs", .nfs),
        0x00C3_6400: ("ceph", .remote), 0x0BD0_0BD0: ("lustre", .remote), 0x4750_4653: ("gpfs", .remote),
        0x5346_414F: ("afs", .remote), 0x6B41_4653: ("kafs", .remote), 0x7375_7245: ("coda", .remote),
        0x7461_636F: ("ocfs2", .remote), 0x0116_1970: ("gfs2", .remote), 0x1983_0326: ("beegfs", .remote),
    ]
}
