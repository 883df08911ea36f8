import Synchronization

/// Events on their way to the one who takes them, in order.
///
/// The watcher waits while many lie here, so that a slow taker doesn't make the backlog grow without bound; what
/// happens on the disk meanwhile is kept once for each name.
package final class EventOutlet: Sendable {
    private struct State {
        var events: [WatchEvent] = []
        /// Of `events`, those already taken.
        var taken = 0
        var isFinished = false
        var taker: CheckedContinuation<WatchEvent?, Never>?
        var sender: CheckedContinuation<Void, Never>?

        var backlog: Int { events.count - taken }

        mutating func takeFirst() -> WatchEvent? {
            guard backlog > 0 else { return nil }
            defer {
                taken += 1
                if taken == events.count {
                    events = []
                    taken = 0
                }
            }
            return events[taken]
        }
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: events that may lie here before the watcher waits; a scan may go above it by one event for
    ///   each file.
    package init(limit: Int = 4096) {
        self.limit = limit
    }

    package func send(_ events: [WatchEvent]) {
        guard !events.isEmpty else { return }
        let (taker, first) = state.withLock { state in
            if !state.isFinished { state.events += events }
            guard let taker = state.taker else {
                return (nil as CheckedContinuation<WatchEvent?, Never>?, nil as WatchEvent?)
            }
            state.taker = nil
            return (taker, state.takeFirst())
        }
        taker?.resume(returning: first)
    }

    /// Ends the stream once everything is taken.
    package func finish() {
        let taker = state.withLock { state in
            state.isFinished = true
            defer { state.taker = nil }
            return state.taker
        }
        taker?.resume(returning: nil)
    }

    /// The next event; nil at the end, or when the task is cancelled.
    package func next() async -> WatchEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (event, sender) = state.withLock { state in
                    (nextOrWait(continuation, &state), state.backlog <= limit ? state.sender.take() : nil)
                }
                sender?.resume()
                if let event { continuation.resume(returning: event) }
            }
        } onCancel: {
            state.withLock { $0.taker.take() }?.resume(returning: nil)
        }
    }

    /// Outer nil: the continuation waits.
    private func nextOrWait(
        _ continuation: CheckedContinuation<WatchEvent?, Never>, _ state: inout State
    ) -> WatchEvent?? {
        if let event = state.takeFirst() { return .some(event) }
        if state.isFinished || Task.isCancelled { return .some(nil) }
        state.taker = continuation
        return nil
    }

    /// Returns when few enough events are waiting, or when the task is cancelled.
    package func waitForRoom() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasRoom = state.withLock { state in
                    guard state.backlog > limit, !Task.isCancelled else { return true }
                    state.sender = continuation
                    return false
                }
                if hasRoom { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sender.take() }?.resume()
        }
    }
}
