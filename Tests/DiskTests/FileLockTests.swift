import Disk
import SystemPackage
import Testing

@Suite struct FileLockTests {
    @Test("a second holder is refused and told who has the lock, until it is released")
    func excludes() throws {
        let place = try TemporaryFolder()
        let again = try Folder(opening: place.path)
        #expect(place.folder.lockHolder("lock") == nil)
        let lock = try place.folder.lock("lock", as: "process 1 on nas")
        #expect(throws: Errno.wouldBlock) { try again.lock("lock") }
        #expect(again.lockHolder("lock") == "process 1 on nas")
        lock.release()
        let second = try again.lock("lock")
        #expect(again.lockHolder("lock") == Folder.thisProcess)
        second.release()
    }

    @Test("the lock goes with its last reference")
    func releasedByDeinit() throws {
        let place = try TemporaryFolder()
        _ = try place.folder.lock("lock")
        _ = try place.folder.lock("lock")
    }
}
