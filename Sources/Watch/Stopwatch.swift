/// Time since its making on any clock, for the machines that count in durations.
struct Stopwatch: Sendable {
    let now: @Sendable () -> Duration
    /// Returns at that time or soon after; earlier only when the task is cancelled.
    let sleep: @Sendable (_ until: Duration) async -> Void

    init<C: Clock<Duration>>(_ clock: C) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try? await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }
}
