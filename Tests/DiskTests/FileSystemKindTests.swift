import Disk
import Glibc
import SystemPackage
import Testing

@Suite struct FileSystemKindTests {
    @Test(
        "how changes become known follows from the kind, and the name in the mount table says more than the number",
        arguments: [
            (0xEF53, "ext4", .local, .events), (0xEF53, "ext2", .local, .events), (0x0102_1994, nil, .local, .events),
            (0x9123_683E, nil, .local, .events), (0x794C_7630, "overlay", .layered, .both),
            (0x794C_7630, nil, .layered, .both), (0x6573_5546, nil, .shared, .both),
            (0x6573_5546, "fuse.mergerfs", .shared, .both), (0x6573_5546, "fuse.shfs", .shared, .both),
            (0x6573_5546, "fuse.bindfs", .shared, .both), (0x6573_5546, "virtiofs", .shared, .both),
            (0x6573_5546, "fuse.sshfs", .remote, .both), (0x6573_5546, "fuse.rclone", .remote, .both),
            (0x6573_5546, "fuseblk", .local, .events), (0x0102_1997, "9p", .host, .polling),
            (0xFF53_4D42, "cifs", .smb, .polling), (0xFE53_4D42, "smb3", .smb, .polling), (0x517B, nil, .smb, .polling),
            (0x6969, "nfs", .nfs, .polling), (0x6969, "nfs4", .nfs, .polling), (0x6969, nil, .nfs, .polling),
            (0x00C3_6400, "ceph", .remote, .polling), (0x1234, nil, .unknown, .polling),
            (0x1234, "newfs", .unknown, .polling),
        ] as [(UInt64, String?, FileSystemKind.Locality, FileSystemKind.Way)])
    func kinds(magic: UInt64, type: String?, locality: FileSystemKind.Locality, way: FileSystemKind.Way) {
        let kind = FileSystemKind(magic: magic, type: type)
        #expect(kind.locality == locality && kind.way == way)
        #expect(kind.isNetwork == [.nfs, .smb, .remote].contains(locality))
        if let type { #expect(kind.name == type) }
    }

    @Test("what has neither a name nor a known number is told by its number")
    func unknown() {
        #expect(FileSystemKind(magic: 0x1234).name == "0x1234")
    }

    @Test("lines of the mount table are understood, with optional fields, escapes and damage")
    func mountTable() {
        let text = """
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            36 27 0:44 / /srv/my\\040share\\134x rw shared:5 master:1 - fuse.sshfs nas:/ rw,user_id=0
            37 27 0:45 /sub /srv/deep/b rw - nfs4 nas:/export rw
            not a line
            38 27 0:46 / /srv/deep rw shared:1
            x 27 0:46 / /srv/deep rw - ext4 /dev/vdb rw

            """
        let table = MountTable(parsing: Array(text.utf8))
        #expect(table.mounts.map(\.type) == ["ext4", "fuse.sshfs", "nfs4"])
        #expect(table.mount(id: 36)?.point == FilePath("/srv/my share\\x"))
        #expect(table.mount(id: 1) == nil)
        #expect(table.mounts(below: "/srv").map(\.id) == [36, 37])
        #expect(table.mounts(below: "/srv/deep/b").isEmpty)
        #expect(table.mounts(below: "/").map(\.id) == [36, 37])
    }

    @Test("a folder's file system has the name under which it is mounted", arguments: ["/dev/shm", "/proc"])
    func real(path: FilePath) throws {
        let table = MountTable.current()
        let mounted = table.mounts.last { $0.point == path }
        #expect(try Folder(opening: path).fileSystem().name == mounted?.type)
    }
}
