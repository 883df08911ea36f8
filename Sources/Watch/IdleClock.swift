package import Dispatch
import Synchronization

/// `SuspendingClock` whose sleeps leave no timer behind when they are cancelled.
///
/// `Task.sleep` keeps its timer until the time has come: a watcher that begins to wait anew with each event would gather
/// one for each, for minutes.
package struct IdleClock: Clock {
    package typealias Instant = SuspendingClock.Instant

    private let clock = SuspendingClock()

    package init() {}

    package var now: Instant { clock.now }

    package var minimumResolution: Duration { clock.minimumResolution }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        while now < deadline {
            try Task.checkCancellation()
            await Nap().take(for: now.duration(to: deadline))
        }
        try Task.checkCancellation()
    }
}

extension DispatchTime {
    /// So long from now on.
    package static func after(_ duration: Duration) -> DispatchTime {
        let (seconds, attoseconds) = duration.components
        // beyond a century nobody waits
        return .now() + .seconds(Int(min(seconds, 1 << 31))) + .nanoseconds(Int(attoseconds / 1_000_000_000))
    }
}

/// One wait for one timer.
private final class Nap: Sendable {
    private enum State {
        case waiting(CheckedContinuation<Void, Never>?)
        case over
    }

    private static let queue = DispatchQueue(label: "heygem-watch.timers")

    private let state = Mutex(State.waiting(nil))

    /// Returns after the time, or when the task is cancelled.
    func take(for duration: Duration) async {
        let timer = DispatchSource.makeTimerSource(queue: Self.queue)
        timer.schedule(deadline: .after(duration))
        timer.setEventHandler { [self] in end() }
        timer.activate()
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if case .over = state { return true }
                    state = .waiting(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            end()
        }
    }

    private func end() {
        let waiter = state.withLock { state in
            defer { state = .over }
            guard case .waiting(let waiter) = state else { return nil as CheckedContinuation<Void, Never>? }
            return waiter
        }
        waiter?.resume()
    }
}
