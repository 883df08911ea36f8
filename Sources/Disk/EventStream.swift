import Dispatch
import Glibc
import Synchronization
package import SystemPackage

/// What changes in the watched folders, from inotify.
///
/// Events are read as they come and kept, one for each name, until they are taken; so neither a storm nor a slow taker
/// makes the kernel's queue overflow soon or ours grow without bound. Nothing runs while nothing happens.
package final class EventStream: Sendable {
    private struct State {
        var pending = PendingEvents()
        var isWoken = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let descriptor: Int32
    // a dispatch source may be used from any thread; the type isn't marked so everywhere
    private nonisolated(unsafe) let source: any DispatchSourceRead
    private let state: Mutex<State>

    /// Throws `.tooManyOpenFiles` when this user has no inotify instance left.
    package init() throws(Errno) {
        let descriptor = try systemCall { inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }
        self.descriptor = descriptor
        state = Mutex(State())
        let queue = DispatchQueue(label: "heygem-watch.events")
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.drain() }
        // only after this may the number be used for another file
        source.setCancelHandler { _ = close(descriptor) }
        source.activate()
    }

    deinit {
        source.cancel()
    }

    /// Watches a folder that isn't a symlink; watching the same folder again gives the same number.
    ///
    /// Throws `.noSpace` when this user has no watch left (`fs.inotify.max_user_watches`).
    package func addWatch(_ folder: FilePath) throws(Errno) -> WatchID {
        let flags =
            EventMask.everyChange.rawValue | UInt32(IN_ONLYDIR) | UInt32(IN_DONT_FOLLOW) | UInt32(IN_EXCL_UNLINK)
        return WatchID(
            number: try systemCall { folder.withPlatformString { inotify_add_watch(descriptor, $0, flags) } })
    }

    /// Events that are already on their way may still come.
    package func removeWatch(_ watch: WatchID) {
        _ = inotify_rm_watch(descriptor, watch.number)
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

    private func drain() {
        // room for some 2,000 events with short names; one with the longest name takes 272 bytes
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) { buffer in
            while let count = try? systemCall({ read(descriptor, buffer.baseAddress, buffer.count) }), count > 0 {
                resumeWaiter { state in
                    EventParser.parse(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
                        state.pending.add(watch: $0, mask: $1, name: $2)
                    }
                }
            }
        }
    }
}
