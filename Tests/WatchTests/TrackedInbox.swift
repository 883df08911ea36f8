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

    init(_ inbox: TemporaryInbox, settings: WatchSettings = WatchSettings()) throws {
        self.inbox = inbox
        stream = try EventStream()
        tracker = try FolderTracker(folder: inbox.folder, stream: stream, settings: settings)
        tracker.rescan(now: now)
    }

    /// All that is told once everything done so far has been seen: events come in order, so when that of a file of our
    /// own is there, all earlier ones are.
    mutating func events() async throws -> [WatchEvent] {
        cookies += 1
        let cookie = FilePath("cookie-\(cookies)")
        try inbox.write("", to: cookie)
        var events: [WatchEvent] = []
        while !events.contains(.unsettled(cookie)), !Task.isCancelled {
            await stream.wait()
            tracker.handle(stream.take(), now: now)
            events += tracker.takeEvents()
        }
        try inbox.folder.remove(cookie)
        return events.filter { !Self.isCookie($0) }
    }

    /// What is told when so much time has passed.
    mutating func events(after time: Duration) -> [WatchEvent] {
        now += time
        tracker.settle(now: now)
        return tracker.takeEvents().filter { !Self.isCookie($0) }
    }

    mutating func eventsOfRescan() -> [WatchEvent] {
        tracker.rescan(now: now)
        return tracker.takeEvents().filter { !Self.isCookie($0) }
    }

    private static func isCookie(_ event: WatchEvent) -> Bool {
        switch event {
        case .unsettled(let path), .settled(let path, _), .gone(let path), .ignored(let path, _):
            path.string.hasPrefix("cookie-")
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
