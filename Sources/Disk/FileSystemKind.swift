/// A file system: its name, where its changes are made, and how they become known here.
package struct FileSystemKind: Sendable, Hashable {
    /// Where changes are made.
    package enum Locality: Sendable, Hashable {
        /// Through this kernel, and through the mount: events tell all of it.
        case local
        /// By others below the mount too (overlay): on disks of this machine.
        case layered
        /// By others behind a program of this machine (FUSE).
        case shared
        /// By the host of this virtual machine.
        case host
        case smb
        case nfs
        /// Any other network or cluster file system.
        case remote
        /// It may be anything.
        case unknown
    }

    /// How changes become known.
    package enum Way: Sendable, Hashable {
        /// By inotify alone.
        case events
        /// By listing the folders again and again.
        case polling
        /// By listing, and what is changed through the mount sooner by inotify.
        case both
    }

    /// As in /proc/self/mountinfo, for example `fuse.sshfs`; where that isn't known by the magic number.
    package let name: String
    package let locality: Locality

    package var way: Way {
        switch locality {
        case .local: .events
        case .layered, .shared: .both
        case .remote where name.hasPrefix("fuse"): .both
        case .host, .smb, .nfs, .remote, .unknown: .polling
        }
    }

    /// Whether it is known to lie on other machines: no place for a database.
    package var isNetwork: Bool { [.smb, .nfs, .remote].contains(locality) }

    /// Whether two files may have the same blocks, so that a copy costs nothing: where the kernel's own copying does that.
    ///
    /// ZFS is left out for the bytes that its 2.2.0 lost that way.
    package var sharesBlocks: Bool { ["btrfs", "xfs"].contains(name) }

    /// - Parameters:
    ///   - magic: `f_type` of statfs(2); the list is that of coreutils' stat with its own notes on `tail`.
    ///   - type: the file system's name in /proc/self/mountinfo: all FUSE kinds share one number.
    package init(magic: UInt64, type: String? = nil) {
        let numbered = Self.names[magic]
        name = type ?? numbered ?? "0x" + String(magic, radix: 16)
        locality = type.flatMap(Self.locality) ?? numbered.flatMap(Self.locality) ?? .unknown
    }

    /// What isn't known yet.
    package static let unknown = FileSystemKind(magic: 0)

    private static func locality(of type: String) -> Locality? {
        for (locality, names) in localities where names.contains(type) { return locality }
        return type.hasPrefix("fuse") ? .shared : nil
    }

    private static let localities: [(Locality, Set<String>)] = [
        (
            .local,
            [
                "ext2", "ext3", "ext4", "btrfs", "xfs", "zfs", "tmpfs", "ramfs", "bcachefs", "f2fs", "jfs", "nilfs2",
                "reiserfs", "ubifs", "exfat", "vfat", "msdos", "ntfs", "ntfs3", "hfs", "hfsplus", "udf", "squashfs",
                // a disk behind FUSE, as with ntfs-3g: nobody changes it but through its mount
                "fuseblk",
            ]
        ),
        (.layered, ["overlay", "fuse.fuse-overlayfs", "aufs", "ecryptfs"]),
        (.host, ["9p", "wslfs", "drvfs", "vboxsf", "vmhgfs", "prl_fs", "fuse.vmhgfs-fuse"]),
        (.smb, ["cifs", "smb3", "smbfs", "smb", "smb2", "ncp", "ncpfs"]),
        (.nfs, ["nfs", "nfs4"]),
        (
            .remote,
            [
                "ceph", "lustre", "gpfs", "afs", "kafs", "coda", "ocfs2", "gfs2", "beegfs", "fuse.sshfs",
                "fuse.rclone", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.davfs",
                "fuse.curlftpfs", "fuse.gcsfuse", "fuse.juicefs", "fuse.mfs", "fuse.smbnetfs",
            ]
        ),
    ]

    private static let names: [UInt64: String] = [
        0xEF53: "ext4", 0x9123_683E: "btrfs", 0x5846_5342: "xfs", 0x2FC1_2FC1: "zfs", 0x0102_1994: "tmpfs",
        0xCA45_1A4E: "bcachefs", 0xF2F5_2010: "f2fs", 0x2011_BAB0: "exfat", 0x5346_544E: "ntfs", 0x7366_746E: "ntfs3",
        0x4D44: "vfat", 0x3153_464A: "jfs", 0x8584_58F6: "ramfs", 0x7371_7368: "squashfs",
        0x6573_5546: "fuse", 0x794C_7630: "overlay", 0x6175_6673: "aufs", 0xF15F: "ecryptfs",
        0x0102_1997: "9p", 0x5346_4846: "wslfs", 0x786F_4256: "vboxsf", 0xBACB_ACBC: "vmhgfs", 0x7C7C_6673: "prl_fs",
        0xFF53_4D42: "cifs", 0x517B: "smb", 0xFE53_4D42: "smb2", 0x564C: "ncp", 0x6969: "nfs",
        0x00C3_6400: "ceph", 0x0BD0_0BD0: "lustre", 0x4750_4653: "gpfs", 0x5346_414F: "afs", 0x6B41_4653: "kafs",
        0x7375_7245: "coda", 0x7461_636F: "ocfs2", 0x0116_1970: "gfs2", 0x1983_0326: "beegfs",
    ]
}
