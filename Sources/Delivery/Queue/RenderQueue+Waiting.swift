import Batch
import Disk
import Foundation
import Render
import SystemPackage
import Words

/// What can't go on because disk, share or ledger refuse.
extension RenderQueue {
    /// What a pair waits for.
    struct Wait {
        /// Where it was refused; a wait at another place is a new one.
        enum Stage { case reading, rendering }

        let stage: Stage
        /// Refusals one after the other.
        var count = 0
        var obstruction: Obstruction?
        /// When the first of them was that counts for giving up.
        var since: Duration?
        /// A worker is at it again.
        var isOver = false
    }

    /// Starts these pairs anew after a while; when the inbox is away, as soon as it is back.
    ///
    /// One that has been refused for too long has failed.
    func obstruct(_ pairs: [Pair], _ obstruction: Obstruction, at stage: Wait.Stage) async {
        let pairs = pairs.filter { orders[$0] != nil }
        if let away = obstruction.away {
            isPaused = true
            for pair in pairs { obstructions[pair]?.since = nil }
            readAgain(pairs)
            return tell(.away(away))
        }
        for pair in pairs {
            let wait = note(obstruction, of: pair, at: stage)
            if let since = wait.since, elapsed() - since >= settings.giveUpAfter,
                await giveUp(pair, obstruction)
            {
                continue
            }
            readAgain(pair, after: settings.obstructionDelays.wait(after: wait.count - 1))
        }
    }

    /// Told once, until it is over or another thing.
    @discardableResult
    private func note(_ obstruction: Obstruction, of pair: Pair, at stage: Wait.Stage) -> Wait {
        let before = obstructions[pair]
        var wait = before?.stage == stage ? before ?? Wait(stage: stage) : Wait(stage: stage)
        let isNews = !obstruction.isKnown(from: before?.obstruction) || wait.isOver
        wait.count += 1
        wait.obstruction = obstruction
        wait.isOver = false
        wait.since = obstruction.mayLast ? nil : wait.since ?? elapsed()
        obstructions[pair] = wait
        if isNews { tell(.waiting(pair, obstruction)) }
        return wait
    }

    /// A worker is at it.
    func noteStarted(_ key: String) {
        for pair in schedule.jobs[key]?.pairs ?? [] { obstructions[pair]?.isOver = true }
    }

    /// - Returns: false when the ledger refuses that as well.
    private func giveUp(_ pair: Pair, _ obstruction: Obstruction) async -> Bool {
        let problem = Problem(.gaveUp, ["time": settings.giveUpWords, "what": obstruction.cause])
        guard let content = inputs(of: pair)?.content(engine.identity) else {
            finish([pair], .unread(problem, at: date()))
            return true
        }
        guard let render = try? await ledger.giveUp(content.key, problem, at: date()) else { return false }
        finish([pair], render)
        return true
    }

    /// Does what a finished render needs, as often as it takes: it was made, and is not made again because the disk, the
    /// inbox or the ledger refuse for a while.
    func insist<Value: Sendable>(on key: String, _ work: () async throws -> Value) async throws -> Value {
        var refusals = 0
        while true {
            do { return try await work() } catch {
                guard error.canPass else { throw error }
                try Task.checkCancellation()
                let obstruction = Obstruction(error, doing: Phrase("keeping the video", zh: "保存视频"))
                if let away = obstruction.away { tell(.away(away)) }
                for pair in schedule.jobs[key]?.pairs ?? [] where obstruction.away == nil {
                    note(obstruction, of: pair, at: .rendering)
                }
                try await clock.sleep(for: settings.obstructionDelays.wait(after: refusals))
                refusals += 1
            }
        }
    }

    /// A disk that fills up while a video is made would hinder everybody who works there: old videos go first.
    func checkRoom() async throws {
        do { try work.checkRoom(settings.minFree) } catch is NotEnoughRoom {
            isShort = true
            await makeRoom?()
            try work.checkRoom(settings.minFree)
        }
        guard isShort else { return }
        isShort = false
        // so that the status doesn't tell any more of what is over
        await makeRoom?()
    }
}

extension RenderRecord {
    /// Of a pair whose files could not be read, so that nobody knows what it is.
    fileprivate static func unread(_ problem: Problem, at date: Date) -> RenderRecord {
        RenderRecord(
            key: "", content: nil, state: .failed, problem: problem, facts: nil, queuedAt: date, startedAt: nil,
            finishedAt: date, attempts: 0, failures: 0, interruptions: 0)
    }
}

extension RenderQueueSettings {
    /// After which time one gives up.
    var giveUpWords: Phrase {
        let hours = max(1, Int((giveUpAfter / .seconds(3600)).rounded()))
        return Phrase("\(hours) h", zh: "\(hours) 小时")
    }
}
