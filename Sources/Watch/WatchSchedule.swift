/// When everything, or what isn't told by events, is looked at next.
struct WatchSchedule {
    private let settings: WatchSettings
    private var nextRescan = Duration.zero
    private var nextPoll: Duration?

    /// Before looking at everything out of turn: a storm that overflows again and again must not make it all there is
    /// to do.
    private static let calm = Duration.milliseconds(500)
    /// Listings pause at least so many times as long as they take: a slow share is there for others too.
    private static let pauseFactor = 4

    init(_ settings: WatchSettings) {
        self.settings = settings
    }

    /// - Parameter deadline: when something else is to be done.
    func next(before deadline: Duration?) -> Duration {
        min(nextRescan, nextPoll ?? nextRescan, deadline ?? nextRescan)
    }

    func isRescanDue(_ now: Duration) -> Bool { nextRescan <= now }

    func isPollDue(_ now: Duration) -> Bool { nextPoll.map { $0 <= now } ?? false }

    /// After events: something may be wanted sooner now, or no more.
    mutating func look(at tracker: FolderTracker, now: Duration) {
        if tracker.needsRescan { nextRescan = min(nextRescan, now + pause(before: tracker)) }
        if tracker.needsPolls { nextPoll = nextPoll ?? now + settings.poll } else { nextPoll = nil }
    }

    mutating func rescanned(_ tracker: FolderTracker, from begin: Duration, to end: Duration) {
        nextRescan =
            end + max(tracker.needsRescan ? pause(before: tracker) : settings.rescan, (end - begin) * Self.pauseFactor)
        polled(tracker, from: begin, to: end)
    }

    mutating func polled(_ tracker: FolderTracker, from begin: Duration, to end: Duration) {
        nextPoll = tracker.needsPolls ? end + max(settings.poll, (end - begin) * Self.pauseFactor) : nil
        look(at: tracker, now: end)
    }

    private func pause(before tracker: FolderTracker) -> Duration { tracker.isPresent ? Self.calm : settings.retry }
}
