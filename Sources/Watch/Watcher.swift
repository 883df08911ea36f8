package import Disk
import Synchronization
package import SystemPackage

/// Watches a folder with everything below it and tells what has settled there.
///
/// Nothing runs between events, deadlines, listings and rescans: an idle watcher uses no processor time and writes
/// nothing.
package actor Watcher {
    /// For one reader. Ends when `run` does.
    package nonisolated let events: AsyncStream<WatchEvent>

    private let root: Root
    private let settings: WatchSettings
    private let time: Stopwatch
    private let outlet: EventOutlet
    private let stream = EventStream()
    private let executor = BlockingExecutor()
    private let wishes = Mutex(Wishes())
    private var schedule: WatchSchedule
    private var hasScanned = false

    /// What others want, until the loop comes by.
    private struct Wishes {
        var hurried: Set<FilePath>?
        var hasNewMounts = false
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter clock: a monotonic one; the default stands still while the machine sleeps, as its writers do.
    package init(
        root: Root, settings: WatchSettings = WatchSettings(), clock: any Clock<Duration> = IdleClock()
    ) {
        self.root = root
        self.settings = settings
        schedule = WatchSchedule(settings)
        time = Stopwatch(clock)
        let outlet = EventOutlet()
        self.outlet = outlet
        events = AsyncStream { await outlet.next() }
    }

    /// Files that others know to be whole as soon as their content is what it should be: they settle after a quiet of
    /// 250 ms, equal in two looks and without a writer, instead of the usual time; empty ones too. Replaces the former
    /// set. Never waits.
    package nonisolated func hurry(_ paths: Set<FilePath>) {
        wishes.withLock { $0.hurried = paths }
        stream.wake()
    }

    private nonisolated func noteNewMounts() {
        wishes.withLock { $0.hasNewMounts = true }
        stream.wake()
    }

    /// Watches until the task is cancelled.
    package func run() async {
        defer { outlet.finish() }
        let mounts = MountChanges { [weak self] in self?.noteNewMounts() }
        defer { mounts?.end() }
        var tracker = FolderTracker(root: root, stream: stream, settings: settings)
        rescan(with: &tracker)
        while !Task.isCancelled {
            await outlet.waitForRoom()
            // that events don't come is found out at the end of the round before
            schedule.look(at: tracker, now: time.now())
            await wait(until: schedule.next(before: tracker.nextDeadline))
            guard !Task.isCancelled else { return }
            tracker.handle(stream.take(), now: time.now())
            grantWishes(with: &tracker)
            schedule.look(at: tracker, now: time.now())
            if schedule.isRescanDue(time.now()) {
                rescan(with: &tracker)
            } else if schedule.isPollDue(time.now()) {
                poll(with: &tracker)
            }
            tracker.settle(now: time.now())
            outlet.send(tracker.takeEvents())
        }
    }

    private func grantWishes(with tracker: inout FolderTracker) {
        let wishes = wishes.withLock { wishes in
            defer { wishes = Wishes() }
            return wishes
        }
        if let hurried = wishes.hurried { tracker.hurry(hurried, now: time.now()) }
        if wishes.hasNewMounts, tracker.noteNewMounts() { rescan(with: &tracker) }
    }

    private func rescan(with tracker: inout FolderTracker) {
        let begin = time.now()
        tracker.rescan(now: begin)
        schedule.rescanned(tracker, from: begin, to: time.now())
        outlet.send(tracker.takeEvents())
        if tracker.isPresent, !hasScanned {
            hasScanned = true
            outlet.send([.scanned])
        }
    }

    private func poll(with tracker: inout FolderTracker) {
        let begin = time.now()
        tracker.poll(now: begin)
        schedule.polled(tracker, from: begin, to: time.now())
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
