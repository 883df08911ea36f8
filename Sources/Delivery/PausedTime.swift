/// A time that stands still now and then: while the inbox is away nothing comes nearer that was waited for.
struct PausedTime {
    private var lost = Duration.zero
    private var since: Duration?

    /// - Parameter now: on a clock that runs on.
    func time(at now: Duration) -> Duration { (since ?? now) - lost }

    mutating func pause(at now: Duration) {
        if since == nil { since = now }
    }

    mutating func resume(at now: Duration) {
        guard let since else { return }
        lost += now - since
        self.since = nil
    }
}
