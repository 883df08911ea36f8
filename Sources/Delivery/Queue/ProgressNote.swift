import Render
import Synchronization

/// The latest progress of a worker, written from its reader and read for `status`.
final class ProgressNote: Sendable {
    private let value = Mutex(RenderProgress(frame: 0, frames: 0))

    var latest: RenderProgress {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
