import Disk
import Glibc
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(1))) struct MountChangesTests {
    @Test(
        "mounting and unmounting anywhere is told", .enabled(if: getuid() == 0, "skipped: mounting needs root"))
    func told() async throws {
        let place = try TemporaryFolder()
        let (changes, told) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let mounts = try #require(MountChanges { told.yield() })
        defer { mounts.end() }
        var next = changes.makeAsyncIterator()
        try #require(mount("none", place.path.string, "tmpfs", 0, nil) == 0)
        _ = await next.next()
        #expect(MountTable.current().mounts.contains { $0.point == place.path && $0.type == "tmpfs" })
        try #require(umount(place.path.string) == 0)
        _ = await next.next()
    }
}
