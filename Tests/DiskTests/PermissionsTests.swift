import Disk
import Glibc
import SystemPackage
import Testing

@Suite struct PermissionsTests {
    @Test("a folder's mode changes without losing what it hands down")
    func mode() throws {
        let home = try TemporaryFolder()
        #expect(try home.folder.makeFolder("a/b", mode: 0o755) == ["a", "a/b"])
        #expect(try home.folder.makeFolder("a/b/c", mode: 0o755) == ["a/b/c"])
        #expect(try home.folder.makeFolder("a", mode: 0o755).isEmpty)
        try home.folder.setMode(0o2775, of: "a")
        try home.folder.setMode(0o750, of: "a")
        #expect(try home.folder.status(of: "a").mode == 0o2750)
        _ = try home.folder.create("a/file", mode: 0o600)
        try home.folder.setMode(0o2644, of: "a/file")
        try home.folder.setMode(0o640, of: "a/file")
        #expect(try home.folder.status(of: "a/file").mode == 0o640)
    }

    @Test("an owner and group are set together or alone", .enabled(if: geteuid() == 0))
    func owner() throws {
        let home = try TemporaryFolder()
        _ = try home.folder.create("file", mode: 0o600)
        try home.folder.setOwner(4242, group: nil, of: "file")
        try home.folder.setOwner(nil, group: 4343, of: "file")
        let status = try home.folder.status(of: "file")
        #expect((status.owner, status.group) == (4242, 4343))
    }

    @Test("the longest name of a file system is one that it takes, and one byte more is none")
    func nameLimit() throws {
        let home = try TemporaryFolder()
        let limit = home.folder.nameLimit()
        _ = try home.folder.create(FilePath(String(repeating: "n", count: limit)), mode: 0o600)
        #expect(throws: Errno.fileNameTooLong) {
            try home.folder.create(FilePath(String(repeating: "n", count: limit + 1)), mode: 0o600)
        }
    }

    @Test("users and groups are known by name and by number")
    func accounts() {
        #expect(Account.userID("root") == 0)
        #expect(Account.userName(0) == "root")
        #expect(Account.groupID("root") == 0)
        #expect(Account.userID("4242") == 4242)
        #expect(Account.groupID("4343") == 4343)
        #expect(Account.userID("nobody of that name") == nil)
        #expect(Account.groupID("no group of that name") == nil)
        #expect(Account.userName(4_000_000_000) == nil)
    }
}
