package import Disk
package import Foundation
package import SystemPackage
import Watch

/// Keeps `state/status.json` and the outbox's `status.txt` up to date: writes after a change, never without one.
package struct StatusWriter: Sendable {
    private let coordinator: Coordinator
    private let state: Folder
    /// nil when the option `status_file` is off.
    private let outbox: Root?
    private let started: Date
    private let clock: any Clock<Duration>

    package static let jsonName: FilePath = "status.json"
    package static let textName: FilePath = "status.txt"
    /// Between two writes: what people watch needs no more, and disks want rest.
    private static let pause = Duration.seconds(1)
    /// The pause is at least so many times as long as the look, during which nothing else is decided: with 100,000
    /// files in one folder that takes half a second.
    private static let share = 100
    /// On a machine that is busy with other things the first looks are long for that alone.
    private static let longestPause = Duration.seconds(20)
    /// A share is slower than our own disk: percentages alone are written there less often than for the bar.
    private static let textPause = Duration.seconds(5)
    /// Before what was refused is tried again.
    private static let retryPauses = Duration.seconds(1)...(.seconds(32))

    package init(
        coordinator: Coordinator, state: Folder, outbox: Root?, started: Date,
        clock: any Clock<Duration> = IdleClock()
    ) {
        self.coordinator = coordinator
        self.state = state
        self.outbox = outbox
        self.started = started
        self.clock = clock
    }

    /// Writes until the task is cancelled; the last state is written then.
    ///
    /// - Parameter show: is given every status too, for the progress bar.
    package func run(show: @escaping @Sendable (ServiceStatus) -> Void) async {
        let (texts, text) = AsyncStream<ServiceStatus>.makeStream(bufferingPolicy: .bufferingNewest(1))
        // an outbox that hangs holds up nothing but its own file
        async let writing: Void = writeTexts(texts)
        var json: ServiceStatus?
        var refusals = 0
        for await _ in coordinator.statusChanges {
            let begin = ContinuousClock.now
            let status = await status()
            let pause = max(Self.pause, min((ContinuousClock.now - begin) * Self.share, Self.longestPause))
            show(status)
            if !status.isSame(as: json) {
                let isWritten = write(json: status)
                if isWritten { json = status }
                refusals = isWritten ? 0 : refusals + 1
                if !isWritten { await tellChange(refusals) }
            }
            text.yield(status)
            try? await clock.sleep(for: pause)
            // frames pass, and clocks run, without an event
            if status.isBusy { await coordinator.changed() }
        }
        let last = await status()
        show(last)
        write(json: last)
        text.finish()
        await writing
        await write(text: last, isRunning: false)
    }

    private func writeTexts(_ statuses: AsyncStream<ServiceStatus>) async {
        var text: (status: ServiceStatus, at: ContinuousClock.Instant)?
        var refusals = 0
        for await status in statuses {
            let begin = ContinuousClock.now
            let isRecent = text.map { $0.at + Self.textPause > begin } ?? false
            guard !status.isSame(as: text?.status), !isRecent || text.map({ status.differs(from: $0.status) }) ?? true
            else { continue }
            let isWritten = await write(text: status, isRunning: true)
            if isWritten { text = (status, begin) }
            refusals = isWritten ? 0 : refusals + 1
            if !isWritten { await tellChange(refusals) }
        }
    }

    private func tellChange(_ refusals: Int) async {
        await coordinator.tellChange(after: Self.retryPauses.wait(after: refusals - 1))
    }

    private func status() async -> ServiceStatus {
        await coordinator.status(process: ProcessInfo.processInfo.processIdentifier, started: started)
    }

    // A status that can't be written now is written with the next change, or after a while: it never stops the work.

    /// - Returns: false when it is to be tried again.
    @discardableResult
    private func write(json status: ServiceStatus) -> Bool {
        guard let data = try? status.encoded() else { return true }
        return (try? state.writeWhole(Array(data), to: Self.jsonName, isDurable: false)) != nil
    }

    /// - Returns: false when it is to be tried again.
    @discardableResult
    private func write(text status: ServiceStatus, isRunning: Bool) async -> Bool {
        let text = status.text(isRunning: isRunning, timeZone: .current)
        do {
            try await offPool { [outbox] in
                try outbox?.folder().writeWhole(text.textFile, to: Self.textName, isDurable: false)
            }
            return true
        } catch let away as RootAway {
            // its being back is a change
            await coordinator.noteAway(away)
            return true
        } catch {
            return false
        }
    }
}

extension ServiceStatus {
    /// Whether nothing but the time has changed.
    fileprivate func isSame(as other: ServiceStatus?) -> Bool {
        guard var other else { return false }
        other.changed = changed
        return self == other
    }
}
