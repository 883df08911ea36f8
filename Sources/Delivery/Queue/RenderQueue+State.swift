import Batch
import Render

/// What the queue tells of itself.
extension RenderQueue {
    /// The keys of all that is wanted, ended or not; nil while the content of a pair is not known yet.
    var neededKeys: Set<String>? {
        guard reads == 0, toRead.isEmpty else { return nil }
        return Set(schedule.jobs.keys).union(outcomes.values.map(\.key))
    }

    package var state: RenderQueueState {
        let running = workers.values.sorted { $0.started < $1.started }.map(running)
        return RenderQueueState(
            running: running, queued: max(0, orders.count - running.count),
            waiting: obstructions.filter { !$0.value.isOver }.compactMapValues { $0.obstruction?.phrase })
    }

    private func running(_ worker: Worker) -> RenderQueueState.Running {
        let (now, latest) = (elapsed(), worker.progress.latest)
        let (time, silence) = (now - worker.begun, now - latest.at)
        return RenderQueueState.Running(
            pair: worker.pair, progress: latest.progress, started: worker.started, time: time, silence: silence,
            isSlow: time >= settings.time.slow(audio: latest.progress.seconds))
    }
}
