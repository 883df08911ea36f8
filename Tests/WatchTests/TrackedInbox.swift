import Disk
import SystemPackage
import Watch

/// A real inbox with real events, at a time that only the test moves.
struct TrackedInbox {
    let inbox: TemporaryInbox
    let stream: EventStream
    var tracker: FolderTracker
    private(set) var now = Duration.zero
    private var cookies = 0

    /// As it is after the first look, and once it is known that events come.
    init(_ inbox: TemporaryInbox, settings: WatchSettings = WatchSettings()) async throws {
        self.inbox = inbox
        stream = EventStream()
        tracker = FolderTracker(root: inbox.root, stream: stream, settings: settings)
        tracker.rescan(now: now)
        while tracker.isAsking {
            await stream.wait()
            tracker.handle(stream.take(), now: now)
        }
    }

    /// What has been told since the last time.
    mutating func told() -> [WatchEvent] { tracker.takeEvents().filter { !Self.isCookie($0) } }

    /// All that is told once everything done so far has been seen: events come in order, so when that of a file of our
    /// own is there, all earlier ones are.
    mutating func events() async throws -> [WatchEvent] {
        cookies += 1
        let cookie = FilePath("cookie-\(cookies)")
        try inbox.write("", to: cookie)
        var events = try await events(until: .unsettled(cookie))
        try inbox.folder.remove(cookie)
        events += try await self.events(until: .gone(cookie))
        return events.filter { !Self.isCookie($0) }
    }

    private mutating func events(until last: WatchEvent) async throws -> [WatchEvent] {
        var events: [WatchEvent] = []
        while !events.contains(last) {
            try Task.checkCancellation()
            await stream.wait()
            tracker.handle(stream.take(), now: now)
            events += tracker.takeEvents()
        }
        return events
    }

    /// What is told when so much time has passed.
    mutating func events(after time: Duration) -> [WatchEvent] {
        now += time
        tracker.settle(now: now)
        return told()
    }

    mutating func eventsOfRescan() -> [WatchEvent] {
        tracker.rescan(now: now)
        return told()
    }

    private static func isCookie(_ event: WatchEvent) -> Bool {
        switch event {
        case .unsettled(let path), .settled(let path, _), .gone(let path), .ignored(let path, _):
            path.string.hasPrefix("cookie-")
        // told in every first look
        case .watching(.events, _): true
        default: false
        }
    }
}

extension WatchEvent {
    /// The path of a settled file.
    var settledPath: FilePath? {
        guard case .settled(let path, _) = self else { return nil }
        return path
    }
}
