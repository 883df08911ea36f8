import Disk
import Synchronization
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

    @Test("where a lock lets only its own descriptor write, as on CIFS, that one is locked")
    func mandatory() throws {
        let place = try TemporaryFolder()
        let refusing = try Folder(opening: place.path, observer: FirstWriteRefused())
        let lock = try refusing.lock("lock", as: "process 1 on nas")
        #expect(place.folder.lockHolder("lock") == "process 1 on nas")
        #expect(throws: Errno.wouldBlock) { try place.folder.lock("lock") }
        lock.release()
        _ = try place.folder.lock("lock")
    }
}

private final class FirstWriteRefused: DiskObserver {
    private let hasRefused = Mutex(false)

    func willDo(_ operation: DiskOperation) throws(Errno) {
        guard case .write = operation else { return }
        let isFirst = hasRefused.withLock { hasRefused in
            defer { hasRefused = true }
            return !hasRefused
        }
        if isFirst { throw .permissionDenied }
    }
}
