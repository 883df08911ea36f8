import Disk
import Dispatch
import SystemPackage
import Watch

/// A real inbox with real events, at a time that only the test moves.
struct TrackedInbox {
    let inbox: TemporaryInbox
    let stream: EventStream
    var tracker: FolderTracker
    private(set) var now = Duration.zero
    private var cookies = 0
    /// The last that the first look told: how changes become known.
    let first: WatchEvent?
    private var before: [WatchEvent]

    /// As it is after the first look, and once it is known that events come.
    init(
        _ inbox: TemporaryInbox, settings: WatchSettings = WatchSettings(),
        readingOn queue: DispatchQueue = DispatchQueue(label: "events")
    ) async throws {
        self.inbox = inbox
        stream = EventStream(readingOn: queue)
        tracker = FolderTracker(root: inbox.root, stream: stream, settings: settings)
        tracker.rescan(now: now)
        let told = tracker.takeEvents()
        first = told.last
        // what is watched by events needn't be told in each test
        before = told.dropLast()
        try await answered()
    }

    /// Once it is known that events come.
    mutating func answered() async throws {
        while tracker.isAsking {
            try Task.checkCancellation()
            await stream.wait()
            tracker.handle(stream.take(), now: now)
        }
    }

    /// Handles events until this is told.
    mutating func waits(for event: WatchEvent) async throws { _ = try await events(until: event) }

    mutating func eventsOfPoll() -> [WatchEvent] {
        tracker.poll(now: now)
        return told()
    }

    /// Lists until this is told: some file systems let a moment pass before they show it.
    mutating func polls(for event: WatchEvent) async throws {
        while !eventsOfPoll().contains(event) { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// What has been told since the last time.
    mutating func told() -> [WatchEvent] {
        defer { before = [] }
        return before + tracker.takeEvents().filter { !Self.isCookie($0) }
    }

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

    /// All that has happened so far, one entry for each name in a settled order, before the tracker knows of it.
    mutating func eventsUntaken() async throws -> EventBatch {
        cookies += 1
        let cookie = FilePath("cookie-\(cookies)")
        try inbox.write("", to: cookie)
        try inbox.folder.remove(cookie)
        var events: [FileEvent] = []
        while !events.contains(where: { $0.name == cookie.lastComponent && $0.mask.contains(.deleted) }) {
            try Task.checkCancellation()
            await stream.wait()
            events += stream.take().events
        }
        let names = Dictionary(grouping: events) { [$0.watch: $0.name] }
        let merged = names.values.compactMap { same in
            same.first.map { first in
                FileEvent(watch: first.watch, mask: same.reduce([]) { $0.union($1.mask) }, name: first.name)
            }
        }
        return EventBatch(
            events: merged.filter { $0.name?.string.hasPrefix("cookie") != true }
                .sorted { ($0.name?.string ?? "", "\($0.watch)") < ($1.name?.string ?? "", "\($1.watch)") })
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
