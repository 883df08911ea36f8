import Glibc
import SystemPackage

/// Feeds, hears, watches and ends one worker, on one thread of its own.
final class WorkerSupervisor {
    private let child: ChildProcess
    private let group: ProcessGroup
    private let bounds: WorkerBounds
    private let cancelled: Descriptor
    private let progress: @Sendable (RenderProgress) -> Void
    private let clock = SuspendingClock()
    private let origin: SuspendingClock.Instant
    private var watch: WorkerWatch
    private var unsent: ArraySlice<UInt8>
    private var lines: LineBuffer
    private var log: TailBuffer
    private var isOutputOpen = true
    private var areErrorsOpen = true
    private var nextLook: Duration = .zero
    /// When SIGKILL follows SIGTERM.
    private var mercyEnds: Duration?
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    /// - Parameters:
    ///   - job: one line, with its end.
    ///   - cancelled: becomes readable when the task is cancelled.
    init(
        _ child: ChildProcess, job: [UInt8], bounds: WorkerBounds, cancelled: Descriptor,
        progress: @escaping @Sendable (RenderProgress) -> Void
    ) {
        self.child = child
        group = ProcessGroup(leader: child.pid)
        self.bounds = bounds
        self.cancelled = cancelled
        self.progress = progress
        // a machine that sleeps makes no worker slow: this clock sleeps with it
        origin = clock.now
        watch = WorkerWatch(bounds: bounds, now: .zero)
        unsent = job[...]
        lines = LineBuffer(limit: bounds.lineBytes)
        log = TailBuffer(limit: bounds.logBytes)
    }

    private var now: Duration { clock.now - origin }

    /// Blocks until the worker and its whole group are gone.
    func run() -> WorkerEnd {
        while !child.hasExited {
            wait()
            killIfDue()
            if now >= nextLook { lookAtMemory() }
            act(on: watch.look(now: now))
        }
        clearGroup()
        drain()
        act(on: watch.handle(.exited(child.reap()), now: now))
        let answer = watch.answer ?? .failed(.died(.unknown))
        let peak = max(watch.peakMemory, child.peakMemory)
        return WorkerEnd(answer, limits: watch.limits, log: log.text, peakMemory: peak)
    }

    // MARK: Waiting

    private func wait() {
        var polls: [pollfd] = [pollfd(fd: cancelled.number, events: Int16(POLLIN), revents: 0)]
        if isOutputOpen { polls.append(pollfd(fd: child.output.number, events: Int16(POLLIN), revents: 0)) }
        if areErrorsOpen { polls.append(pollfd(fd: child.errors.number, events: Int16(POLLIN), revents: 0)) }
        if !unsent.isEmpty { polls.append(pollfd(fd: child.input.number, events: Int16(POLLOUT), revents: 0)) }
        if let ending = child.ending { polls.append(pollfd(fd: ending.number, events: Int16(POLLIN), revents: 0)) }
        // once its cancelling is known, only the end is worth waiting for
        if mercyEnds != nil { polls[0].fd = -1 }
        guard poll(&polls, nfds_t(polls.count), timeout()) > 0 else { return }
        if polls[0].revents != 0 { act(on: watch.handle(.cancelled, now: now)) }
        send()
        hear()
        hearErrors()
    }

    /// Milliseconds until something is due.
    private func timeout() -> Int32 {
        var due = nextLook
        if let deadline = watch.deadline { due = min(due, deadline) }
        if let mercyEnds { due = min(due, mercyEnds) }
        // without a pidfd nothing wakes us at the exit
        if child.ending == nil { due = min(due, now + .milliseconds(50)) }
        let (seconds, attoseconds) = max(.zero, due - now).components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    // MARK: Speaking and hearing

    private func send() {
        guard !unsent.isEmpty else { return }
        // nobody reads: its exit will tell
        guard let count = child.input.write(unsent) else { return unsent = [] }
        unsent = unsent.dropFirst(count)
    }

    private func hear() {
        guard isOutputOpen else { return }
        switch child.output.read(into: &buffer) {
        case .nothing: break
        case .end: isOutputOpen = false
        case .bytes(let bytes):
            guard let said = try? lines.add(bytes) else { return act(on: watch.handle(.saidTooMuchAtOnce, now: now)) }
            for line in said { act(on: watch.handle(.said(line), now: now)) }
        }
    }

    private func hearErrors() {
        guard areErrorsOpen else { return }
        switch child.errors.read(into: &buffer) {
        case .nothing: break
        case .end: areErrorsOpen = false
        case .bytes(let bytes): log.add(bytes)
        }
    }

    /// What it said last may still lie in the pipes: at most what a pipe holds, for all writers are gone.
    private func drain() {
        let rounds = 16
        for _ in 0..<rounds where isOutputOpen { hear() }
        for _ in 0..<rounds where areErrorsOpen { hearErrors() }
    }

    // MARK: Watching and ending

    private func lookAtMemory() {
        nextLook = now + .seconds(1)
        act(on: watch.handle(.holds(memory: group.memory), now: now))
    }

    private func act(on action: WorkerWatch.Action) {
        switch action {
        case .nothing: break
        case .tell(let made): progress(made)
        case .end:
            mercyEnds = now + bounds.mercy
            group.send(SIGTERM)
        }
    }

    /// Again every second: a process that hangs in a dead share goes only when the share answers.
    private func killIfDue() {
        guard let mercyEnds, now >= mercyEnds else { return }
        group.send(SIGKILL)
        self.mercyEnds = now + .seconds(1)
    }

    /// The leader has exited but is not reaped; whoever it left behind goes too.
    private func clearGroup() {
        let deadline = now + .seconds(2)
        while group.isAlive, now < deadline {
            group.send(SIGKILL)
            // a killed process needs a moment to go; nothing tells a process that is not its parent
            poll(nil, 0, 2)
        }
    }
}
