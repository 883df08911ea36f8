import Disk
import SystemPackage
import Testing
import Watch

/// Real file systems on which changes are made behind the kernel's back.
@Suite(.timeLimit(.minutes(1))) struct FileSystemTests {
    private static let mounts = [TestMount.overlay, .lower, .bindfs, .rclone].filter(\.isPossible)

    @Test(
        "a change behind the mount is found by listing, one through the mount is told by an event as well",
        .enabled(if: TestMount.overlay.isPossible, "skipped: mounting needs root"), arguments: mounts)
    func behind(mount: TestMount) async throws {
        try await mount.whileMounted { inbox, behind in
            let share = try TemporaryInbox(at: inbox, outside: behind)
            var tracked = try await TrackedInbox(share)
            #expect(tracked.first == .watching(.both, fileSystem: mount.type))
            try share.write("sound", to: "through.wav")
            try await tracked.waits(for: .unsettled("through.wav"))
            // nobody tells of this
            try share.write("sound", to: "behind.wav", in: behind)
            #expect(try await tracked.events().contains(.unsettled("behind.wav")) == false)
            try await tracked.polls(for: .unsettled("behind.wav"))
            let settled = tracked.events(after: .seconds(15)).compactMap(\.settledPath)
            #expect(Set(settled) == ["through.wav", "behind.wav"])
            #expect(tracked.eventsOfPoll().isEmpty)
            #expect(tracked.events(after: .seconds(1000)).isEmpty)
            try share.write("another sound", to: "behind.wav", in: behind)
            try await tracked.polls(for: .unsettled("behind.wav"))
            #expect(tracked.events(after: .seconds(15)).compactMap(\.settledPath) == ["behind.wav"])
            try Folder(opening: behind).remove("behind.wav")
            try await tracked.polls(for: .gone("behind.wav"))
        }
    }

    @Test(
        "what is written beside a bind mount is told by events",
        .enabled(if: TestMount.bind.isPossible, "skipped: mounting needs root"))
    func bound() async throws {
        try await TestMount.bind.whileMounted { inbox, behind in
            let share = try TemporaryInbox(at: inbox, outside: behind)
            var tracked = try await TrackedInbox(share)
            try share.write("sound", to: "behind.wav", in: behind)
            #expect(try await tracked.events() == [.unsettled("behind.wav")])
            #expect(tracked.events(after: .seconds(2)).compactMap(\.settledPath) == ["behind.wav"])
        }
    }

    @Test(
        "a share that is mounted in a folder of the inbox is listed from then on, and the rest is not",
        .enabled(if: TestMount.overlay.isPossible, "skipped: mounting needs root"))
    func mountedBelow() async throws {
        let share = try TemporaryInbox()
        try share.makeFolder("team/deep")
        try share.write("sound", to: "team/hidden.wav")
        var tracked = try await TrackedInbox(share)
        _ = tracked.told()
        var isNew = tracked.tracker.noteNewMounts()
        #expect(!isNew && !tracked.tracker.needsPolls)
        try await TestMount.overlay.whileMounted { team, behind in
            try await TestMount.whileBound(team, at: share.inbox.appending("team")) {
                isNew = tracked.tracker.noteNewMounts()
                #expect(isNew && tracked.tracker.needsPolls)
                #expect(
                    Set(tracked.eventsOfRescan()) == [
                        .gone("team/hidden.wav"), .watching(.both, fileSystem: "ext4"),
                    ])
                try share.write("sound", to: "a.wav", in: behind)
                #expect(try await tracked.events().isEmpty)
                #expect(tracked.eventsOfPoll() == [.unsettled("team/a.wav")])
            }
            isNew = tracked.tracker.noteNewMounts()
            #expect(isNew)
            _ = tracked.eventsOfRescan()
            #expect(!tracked.tracker.needsPolls)
        }
    }

    @Test(
        "what was on a disk that was mounted in a folder of the inbox stays known until it is back or its folder goes",
        .enabled(if: TestMount.tmpfs.isPossible, "skipped: mounting needs root"), arguments: [true, false])
    func unmountedBelow(isBack: Bool) async throws {
        let share = try TemporaryInbox()
        try share.makeFolder("team")
        let team = share.inbox.appending("team")
        var tracked = try await TrackedInbox(share)
        _ = tracked.told()
        var isNew = false
        try await TestMount.whileInMemory(at: team) {
            isNew = tracked.tracker.noteNewMounts()
            #expect(isNew && !tracked.tracker.needsPolls)
            _ = tracked.eventsOfRescan()
            try share.makeFolder("team/deep")
            try share.write("sound", to: "team/a.wav")
            try share.write("sound", to: "team/deep/b.wav")
            #expect(try await Set(tracked.events()) == [.unsettled("team/a.wav"), .unsettled("team/deep/b.wav")])
        }
        // before it is known
        #expect(tracked.events(after: .seconds(3)) == [.trouble(.unmounted(team))])
        #expect(tracked.tracker.needsRescan)
        #expect(tracked.eventsOfRescan().isEmpty && tracked.eventsOfPoll().isEmpty)
        #expect(tracked.events(after: .seconds(3)).isEmpty)
        let gone: Set<WatchEvent> = [
            .gone("team/a.wav"), .gone("team/deep/b.wav"), .troubleOver(.unmounted(team)),
        ]
        guard isBack else {
            try share.folder.removeFolder("team")
            #expect(Set(tracked.eventsOfRescan()) == gone)
            return
        }
        // another one, which is empty
        try await TestMount.whileInMemory(at: team) {
            isNew = tracked.tracker.noteNewMounts()
            #expect(isNew)
            #expect(Set(tracked.told() + tracked.eventsOfRescan()) == gone)
        }
    }

    @Test(
        "NFS, SMB and 9P are listed only, and files there rest as long as their kind needs; each way in settles once",
        arguments: [
            (FileSystemKind(magic: 0x6969, type: "nfs4"), 65), (FileSystemKind(magic: 0xFF53_4D42), 15),
            (FileSystemKind(magic: 0x0102_1997), 15), (FileSystemKind(magic: 0x4242), 15),
        ], Arrival.all)
    func polled(kind: (FileSystemKind, Int), arrival: Arrival) async throws {
        let inbox = try TemporaryInbox()
        try inbox.makeFolder("batch")
        var settings = WatchSettings()
        settings.kind = { _ in kind.0 }
        var tracked = try await TrackedInbox(inbox, settings: settings)
        #expect(tracked.first == .watching(.polling, fileSystem: kind.0.name) && !tracked.stream.isOpen)
        try arrival.bring(inbox)
        #expect(tracked.events(after: .seconds(10)).isEmpty)
        #expect(Set(tracked.eventsOfPoll()) == Set(arrival.files.map { .unsettled($0) }))
        #expect(tracked.events(after: .seconds(kind.1 - 1)).isEmpty)
        #expect(tracked.eventsOfPoll().isEmpty)
        let settled = tracked.events(after: .seconds(1)).compactMap(\.settledPath)
        #expect(Set(settled) == arrival.files && settled.count == arrival.files.count)
        #expect(tracked.eventsOfPoll().isEmpty)
        #expect(tracked.events(after: .seconds(1000)).isEmpty)
    }
}
