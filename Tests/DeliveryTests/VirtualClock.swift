import Synchronization
import Testing

/// Tests by the virtual clock, one after the other: real events and disks are waited for in real time, and a crowd of
/// tests would make that long.
@Suite(.serialized) enum VirtualTime {}

/// A clock that stands still until it is told to go on to the next thing that somebody waits for.
final class VirtualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var deadline: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var count = 0

        mutating func wake() -> [CheckedContinuation<Void, any Error>] {
            let due = sleepers.filter { $0.value.deadline <= now }
            for index in due.keys { sleepers[index] = nil }
            return due.values.map(\.continuation)
        }
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .zero }

    /// Goes on to the next deadline.
    ///
    /// - Parameter limit: and no further than so long.
    func jump(atMost limit: Duration = .seconds(3600)) {
        let awake = state.withLock { state in
            // where nobody waits yet, somebody is about to
            let next = state.sleepers.values.map(\.deadline).min() ?? state.now.advanced(by: .seconds(1))
            state.now = min(next, state.now.advanced(by: limit))
            return state.wake()
        }
        for continuation in awake { continuation.resume() }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let index = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers[index] = Sleeper(deadline: deadline, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: index) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
