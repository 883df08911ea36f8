import Render
import Synchronization

/// The latest progress of a worker and when it came, written from its reader and read for `status`.
final class ProgressNote: Sendable {
    private let value: Mutex<(progress: RenderProgress, at: Duration)>
    private let elapsed: @Sendable () -> Duration

    init(elapsed: @escaping @Sendable () -> Duration) {
        self.elapsed = elapsed
        value = Mutex((RenderProgress(frame: 0, frames: 0), elapsed()))
    }

    func note(_ progress: RenderProgress) { value.withLock { $0 = (progress, elapsed()) } }

    var latest: (progress: RenderProgress, at: Duration) { value.withLock { $0 } }
}
