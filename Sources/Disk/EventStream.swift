package import Dispatch
import Glibc
import Synchronization
package import SystemPackage

/// What changes in the watched folders, from inotify.
///
/// Events are read as they come and kept, one for each name, until they are taken; so neither a storm nor a slow taker
/// makes the kernel's queue overflow soon or ours grow without bound. Nothing runs while nothing happens.
package final class EventStream: Sendable {
    private struct State {
        var inotify: Inotify?
        var pending = PendingEvents()
        var isWoken = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let queue: DispatchQueue

    /// Hears nothing before `open`.
    ///
    /// - Parameter queue: where the kernel's events are read. While it is suspended they wait there, and overflow.
    package init(readingOn queue: DispatchQueue = DispatchQueue(label: "heygem-watch.events")) {
        self.queue = queue
    }

    /// Begins to hear; well when it does already.
    ///
    /// Throws `.tooManyOpenFiles` when this user has no inotify instance left (`fs.inotify.max_user_instances`), and
    /// `.noFunction` where there is no inotify.
    package func open() throws(Errno) {
        guard !isOpen else { return }
        let inotify = try Inotify(on: queue) { [weak self] in self?.add($0) }
        state.withLock { $0.inotify = inotify }
    }

    package var isOpen: Bool { state.withLock { $0.inotify != nil } }

    /// Watches a folder beneath `root`; watching the same folder again gives the same number. It is this very folder
    /// that is watched, whatever comes in its path's place, and however long that path is.
    ///
    /// Throws `.noSpace` when this user has no watch left (`fs.inotify.max_user_watches`), and `.badFileDescriptor` when
    /// nothing is heard at all.
    package func addWatch(_ folder: FilePath, beneath root: Folder) throws(Errno) -> WatchID {
        let opened = try root.openFolder(folder, flags: O_PATH)
        let flags = EventMask.everyChange.rawValue | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
        guard let inotify = state.withLock({ $0.inotify }) else { throw .badFileDescriptor }
        return WatchID(
            number: try systemCall { inotify_add_watch(inotify.descriptor, "/proc/self/fd/\(opened.number)", flags) })
    }

    /// Events that are already on their way may still come.
    package func removeWatch(_ watch: WatchID) {
        guard let inotify = state.withLock({ $0.inotify }) else { return }
        _ = inotify_rm_watch(inotify.descriptor, watch.number)
    }

    /// Returns when there are events to take, after `wake`, or when the task is cancelled. For one task at a time.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    guard state.pending.isEmpty, !state.isWoken, !Task.isCancelled else { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            resumeWaiter { _ in }
        }
    }

    /// Makes `wait` return though nothing has happened.
    package func wake() {
        resumeWaiter { $0.isWoken = true }
    }

    /// All that has happened since the last time.
    package func take() -> EventBatch {
        state.withLock { state in
            state.isWoken = false
            return state.pending.take()
        }
    }

    private func resumeWaiter(after change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    private func add(_ records: UnsafeRawBufferPointer) {
        resumeWaiter { state in
            EventParser.parse(records) { state.pending.add(watch: $0, mask: $1, name: $2) }
        }
    }
}
