import FoundationEssentials
import Words

/// Judges a running worker: what it says, what it takes, how it ends. Pure; the supervisor does what it decides.
package struct WorkerWatch {
    package enum Event {
        case said([UInt8])
        case saidTooMuchAtOnce
        case holds(memory: Int64)
        case cancelled
        case exited(WorkerExit)
    }

    package enum Action: Equatable {
        case nothing
        case tell(RenderProgress)
        /// End the whole group.
        case end
    }

    private enum State {
        case working
        case answered(WorkerAnswer, Duration)
        /// Its group is being ended, for this.
        case ending(WorkerAnswer)
        case over(WorkerAnswer)
    }

    private let bounds: WorkerBounds
    private let start: Duration
    private var state = State.working
    private var lastWord: Duration
    /// Of the audio, when the worker has told.
    private var seconds: Double?
    private var lines = 0
    private var second: (start: Duration, lines: Int)
    package private(set) var peakMemory: Int64 = 0
    package private(set) var limits: LimitsReport?

    package init(bounds: WorkerBounds, now: Duration) {
        self.bounds = bounds
        start = now
        lastWord = now
        second = (now, 0)
    }

    /// What came of it, once it has exited.
    package var answer: WorkerAnswer? {
        if case .over(let answer) = state { answer } else { nil }
    }

    /// When `look(now:)` will have something to say if nothing else happens.
    package var deadline: Duration? {
        switch state {
        case .working: min(lastWord + bounds.silence, start + bounds.time.hard(audio: seconds))
        case .answered(_, let since): since + bounds.leaving
        case .ending, .over: nil
        }
    }

    package mutating func look(now: Duration) -> Action {
        guard let deadline, now >= deadline else { return .nothing }
        switch state {
        case .working where now >= lastWord + bounds.silence: return end(.failed(.silent(bounds.silence)))
        case .working:
            return end(.failed(.tooSlow(now - start, limit: bounds.time.hard(audio: seconds), audio: seconds)))
        default: return end(.failed(.garbled("it did not end after its answer")))
        }
    }

    package mutating func handle(_ event: Event, now: Duration) -> Action {
        switch (event, state) {
        case (.exited(let exit), _): return handleExit(exit)
        case (_, .ending), (_, .over): return .nothing
        case (.cancelled, _): return end(.interrupted)
        case (.holds(let memory), _):
            peakMemory = max(peakMemory, memory)
            return memory > bounds.memoryBytes ? end(.failed(.tooMuchMemory(bounds.memoryBytes))) : .nothing
        case (.saidTooMuchAtOnce, _): return end(.failed(.garbled("a line was too long")))
        case (.said, .answered): return end(.failed(.garbled("it spoke after its answer")))
        case (.said(let line), .working):
            guard count(now) else { return end(.failed(.garbled("it said too much"))) }
            return handleLine(line, now: now)
        }
    }

    private mutating func handleExit(_ exit: WorkerExit) -> Action {
        switch state {
        case .ending(let answer): state = .over(answer)
        case .answered(let answer, _) where exit == .code(0): state = .over(answer)
        case .working, .answered: state = .over(.failed(.died(exit)))
        case .over: break
        }
        return .nothing
    }

    private mutating func handleLine(_ line: [UInt8], now: Duration) -> Action {
        guard let reply = try? JSONDecoder().decode(WorkerReply.self, from: Data(line)) else {
            return end(.failed(.garbled("it said something that makes no sense")))
        }
        lastWord = now
        switch reply {
        case .limits(let report): limits = report
        case .progress(let frame, let frames, let told):
            // clamped, for the number is the worker's
            if let told { seconds = min(max(told, 0), bounds.longestAudio) }
            return .tell(RenderProgress(frame: max(0, frame), frames: max(0, frames), seconds: seconds))
        case .done(let result): state = .answered(.done(result.inPlainWords), now)
        case .rejected(let problem): state = .answered(.rejected(problem.inPlainWords), now)
        case .failed(let problem): state = .answered(.failed(problem.inPlainWords), now)
        }
        return .nothing
    }

    private mutating func count(_ now: Duration) -> Bool {
        if now - second.start >= .seconds(1) { second = (now, 0) }
        second.lines += 1
        lines += 1
        return second.lines <= bounds.linesASecond && lines <= bounds.lines
    }

    private mutating func end(_ answer: WorkerAnswer) -> Action {
        state = .ending(answer)
        return .end
    }
}

extension Problem {
    /// Of what one place of a sentence takes: long enough for every name.
    private static let valueLimit = 300
    /// More places than any sentence has.
    private static let valueCount = 8

    fileprivate var inPlainWords: Problem {
        let kept = values.sorted { $0.key < $1.key }.prefix(Self.valueCount)
        let plain = kept.map { ($0.key, $0.value.map { PlainText.keep($0, limit: Self.valueLimit) }) }
        return Problem(reason, Dictionary(uniqueKeysWithValues: plain))
    }
}

extension WorkerResult {
    fileprivate var inPlainWords: WorkerResult {
        var plain = self
        plain.note = note.map { PlainText.keep($0, limit: 1000) }
        plain.attempts = attempts?.prefix(100).map { attempt in
            EscapeAttempt(
                name: PlainText.keep(attempt.name, limit: 40), isRefused: attempt.isRefused,
                answer: PlainText.keep(attempt.answer, limit: 80))
        }
        if let facts {
            plain.facts?.note = facts.note.map { PlainText.keep($0, limit: 1000) }
            plain.facts?.videoCodec = PlainText.keep(facts.videoCodec, limit: 40)
            plain.facts?.audioCodec = PlainText.keep(facts.audioCodec, limit: 40)
            plain.facts?.sha256 = PlainText.keep(facts.sha256, limit: 64)
        }
        return plain
    }
}
