package import Disk
import Synchronization
package import SystemPackage

/// Watches a folder with everything below it and tells what has settled there.
///
/// Nothing runs between events, deadlines and rescans: an idle watcher uses no processor time and writes nothing.
package actor Watcher {
    /// For one reader. Ends when `run` does.
    package nonisolated let events: AsyncStream<WatchEvent>

    private let folder: Folder
    private let settings: WatchSettings
    private let time: Stopwatch
    private let outlet: EventOutlet
    private let stream: EventStream
    private let executor = BlockingExecutor()
    private let wishes = Mutex(Wishes())
    private var hasScanned = false

    /// What others want, until the loop comes by.
    private struct Wishes {
        var isRescanWanted = false
        var hurried: Set<FilePath>?
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Throws `.tooManyOpenFiles` when this user has no inotify instance left.
    ///
    /// - Parameter clock: a monotonic one; the default stands still while the machine sleeps, as its writers do.
    package init(
        folder: Folder, settings: WatchSettings = WatchSettings(), clock: any Clock<Duration> = SuspendingClock()
    ) throws(Errno) {
        self.folder = folder
        self.settings = settings
        time = Stopwatch(clock)
        stream = try EventStream()
        let outlet = EventOutlet()
        self.outlet = outlet
        events = AsyncStream { await outlet.next() }
    }

    /// Looks at everything soon, whatever the events say: after a mount, or when somebody asks.
    package nonisolated func rescan() {
        wishes.withLock { $0.isRescanWanted = true }
        stream.wake()
    }

    /// Files that others know to be whole as soon as their content is what it should be: they settle after a quiet of
    /// 250 ms, equal in two looks and without a writer, instead of the usual time; empty ones too. Replaces the former
    /// set. Never waits.
    package nonisolated func hurry(_ paths: Set<FilePath>) {
        wishes.withLock { $0.hurried = paths }
        stream.wake()
    }

    /// Watches until the task is cancelled.
    ///
    /// Throws when the folder can't be looked at even once.
    package func run() async throws(Errno) {
        defer { outlet.finish() }
        var tracker = try FolderTracker(folder: folder, stream: stream, settings: settings)
        var nextRescan = scan(with: &tracker)
        while !Task.isCancelled {
            await outlet.waitForRoom()
            await wait(until: min(nextRescan, tracker.nextDeadline ?? nextRescan))
            guard !Task.isCancelled else { return }
            tracker.handle(stream.take(), now: time.now())
            if tracker.needsRescan { nextRescan = min(nextRescan, time.now() + pause(before: tracker)) }
            let wishes = takeWishes()
            if let hurried = wishes.hurried { tracker.machine.hurry(hurried, now: time.now()) }
            if wishes.isRescanWanted || time.now() >= nextRescan { nextRescan = scan(with: &tracker) }
            tracker.settle(now: time.now())
            outlet.send(tracker.takeEvents())
        }
    }

    private func takeWishes() -> Wishes {
        wishes.withLock { wishes in
            defer { wishes = Wishes() }
            return wishes
        }
    }

    /// Looks at everything, and answers when that is wanted again.
    private func scan(with tracker: inout FolderTracker) -> Duration {
        tracker.rescan(now: time.now())
        outlet.send(tracker.takeEvents())
        if tracker.isPresent, !hasScanned {
            hasScanned = true
            outlet.send([.scanned])
        }
        return time.now() + (tracker.needsRescan ? pause(before: tracker) : settings.rescan)
    }

    /// Before looking at everything out of turn: a storm that overflows again and again must not make it all there is
    /// to do.
    private func pause(before tracker: FolderTracker) -> Duration {
        tracker.isPresent ? .milliseconds(500) : settings.retry
    }

    /// Returns when something has happened or the time has come.
    private func wait(until deadline: Duration) async {
        guard time.now() < deadline else { return }
        await withTaskGroup { group in
            group.addTask { [stream] in await stream.wait() }
            group.addTask { [time] in await time.sleep(deadline) }
            await group.next()
            group.cancelAll()
        }
    }
}
