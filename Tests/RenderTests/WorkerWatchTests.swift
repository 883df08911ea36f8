import Foundation
import Render
import Testing
import Words

/// The judge of a running worker, without processes and without waiting.
@Suite struct WorkerWatchTests {
    private var bounds: WorkerBounds {
        var bounds = WorkerBounds()
        bounds.time = TimeLimits(slow: .seconds(50), slowFactor: 10, hardFactor: 2)
        bounds.longestAudio = 50
        bounds.silence = .seconds(30)
        bounds.linesASecond = 3
        return bounds
    }

    private func line(_ reply: WorkerReply) throws -> WorkerWatch.Event {
        .said(try [UInt8](JSONEncoder().encode(reply)))
    }

    @Test("silence ends a worker; every word gives it time again")
    func silence() throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        #expect(watch.deadline == .seconds(30))
        _ = watch.handle(try line(.progress(frame: 0, frames: 0)), now: .seconds(29))
        #expect(watch.deadline == .seconds(59))
        #expect(watch.look(now: .seconds(58)) == .nothing)
        #expect(watch.look(now: .seconds(59)) == .end)
        _ = watch.handle(.exited(.signal(15)), now: .seconds(60))
        #expect(watch.answer == .failed(.silent(.seconds(30))))
    }

    @Test(
        "the wall clock grows with the audio, up to the longest that is allowed",
        arguments: [(nil, 100), (1, 100), (10, 200), (50, 1000), (1e300, 1000), (-5, 100)] as [(Double?, Int)])
    func wallClock(audio: Double?, allowed: Int) throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        var now = Duration.zero
        while now < .seconds(allowed) {
            #expect(watch.look(now: now) == .nothing)
            // what was said once holds: later words need not repeat it
            let seconds = now == .zero ? audio : nil
            _ = watch.handle(try line(.progress(frame: 1, frames: 9, seconds: seconds)), now: now)
            now += .seconds(20)
        }
        #expect(watch.deadline == .seconds(allowed))
        #expect(watch.look(now: .seconds(allowed)) == .end)
    }

    @Test("whoever is ended for time hears how long it took and what the limit is, in both languages")
    func timeout() throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        for now in stride(from: 0, to: 200, by: 20) {
            _ = watch.handle(try line(.progress(frame: 0, frames: 0, seconds: 10)), now: .seconds(now))
        }
        #expect(watch.look(now: .seconds(205)) == .end)
        _ = watch.handle(.exited(.signal(15)), now: .seconds(206))
        guard case .failed(let problem) = watch.answer else {
            Issue.record("\(String(describing: watch.answer))")
            return
        }
        #expect(problem.reason == .timeout)
        #expect(
            problem.text(.en).hasPrefix(
                "Rendering took too long: not ready after 3 minutes; the limit for 10 seconds of audio is 3 minutes."))
        #expect(problem.text(.zh).hasPrefix("渲染时间过长：3 分钟后仍未完成（10 秒音频的上限为 3 分钟）。"))
    }

    @Test("the audio's length is handed on with every progress once it is known")
    func audioLength() throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        let told = try [nil, 12, nil].enumerated().map { index, seconds in
            watch.handle(try line(.progress(frame: index, frames: 9, seconds: seconds)), now: .seconds(index))
        }
        #expect(told.first == .tell(RenderProgress(frame: 0, frames: 9)))
        #expect(told.dropFirst().allSatisfy { if case .tell(let made) = $0 { made.seconds == 12 } else { false } })
    }

    @Test("a worker of before, which tells no length, is understood")
    func olderProgress() {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        let action = watch.handle(.said(Array(#"{"progress":{"frame":1,"frames":2}}"#.utf8)), now: .zero)
        #expect(action == .tell(RenderProgress(frame: 1, frames: 2)))
    }

    @Test("more lines than a second may hold end a worker, the same number in two seconds does not")
    func flood() throws {
        let word = try line(.progress(frame: 1, frames: 9))
        for (spread, last) in [
            (Duration.zero, WorkerWatch.Action.end), (.milliseconds(500), .tell(.init(frame: 1, frames: 9))),
        ] {
            var watch = WorkerWatch(bounds: bounds, now: .zero)
            var action = WorkerWatch.Action.nothing
            for index in 0..<4 { action = watch.handle(word, now: spread * index) }
            #expect(action == last)
        }
    }

    @Test("memory over the bound ends a worker, and the peak is kept")
    func memory() {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        #expect(watch.handle(.holds(memory: 2 << 30), now: .zero) == .nothing)
        #expect(watch.handle(.holds(memory: 3 << 30), now: .zero) == .end)
        #expect(watch.peakMemory == 3 << 30)
    }

    @Test("the first cause stands: what comes while a worker is ended changes nothing")
    func firstCause() throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        #expect(watch.handle(.cancelled, now: .zero) == .end)
        #expect(watch.handle(try line(.done(result: WorkerResult())), now: .zero) == .nothing)
        #expect(watch.handle(.holds(memory: .max), now: .zero) == .nothing)
        #expect(watch.deadline == nil)
        _ = watch.handle(.exited(.code(0)), now: .zero)
        #expect(watch.answer == .interrupted)
    }

    @Test("an answer counts only after a clean exit", arguments: [true, false])
    func cleanExit(isClean: Bool) throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        _ = watch.handle(try line(.done(result: WorkerResult(note: Phrase(verbatim: "n")))), now: .zero)
        #expect(watch.answer == nil)
        _ = watch.handle(.exited(isClean ? .code(0) : .signal(11)), now: .zero)
        let result = WorkerResult(note: Phrase(verbatim: "n"))
        #expect(watch.answer == (isClean ? .done(result) : .failed(.died(.signal(11)))))
    }

    @Test("a worker's words lose what could trick a terminal, a spreadsheet or a reader")
    func plainWords() throws {
        var watch = WorkerWatch(bounds: bounds, now: .zero)
        let problem = Problem(.noFace, file: "no\u{1B}[2Jface\r\n\u{202E}gpj" + String(repeating: "x", count: 5000))
        _ = watch.handle(try line(.rejected(problem: problem)), now: .zero)
        _ = watch.handle(.exited(.code(0)), now: .zero)
        guard case .rejected(let told) = watch.answer else {
            Issue.record("\(String(describing: watch.answer))")
            return
        }
        #expect(told.values["file"]?.en.hasPrefix("no [2Jface  gpjx") == true)
        #expect((told.values["file"]?.zh.unicodeScalars.count ?? 301) <= 300)
    }

    @Test("bytes become lines wherever they are cut, and no line is longer than allowed")
    func lines() throws {
        var buffer = LineBuffer(limit: 4)
        #expect(try buffer.add(Array("ab".utf8)).isEmpty)
        #expect(try buffer.add(Array("cd\n\nef\ng".utf8)) == [Array("abcd".utf8), [], Array("ef".utf8)])
        #expect(throws: LineBuffer.Failure.lineTooLong) { try buffer.add(Array("hijk\n".utf8)) }
    }

    @Test("the log keeps the last bytes")
    func tail() {
        var tail = TailBuffer(limit: 5)
        for word in ["abc", "defgh", "ij"] { tail.add(Array(word.utf8)) }
        #expect(tail.text == "fghij")
    }

    @Test("a process is read from /proc, whatever its name")
    func processStatus() throws {
        let line = "42 (a) S (b) S 1 40 40 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99 1000 3 18446744073709551615 1"
        let status = try #require(ProcessStatus(Array(line.utf8)))
        #expect(status.group == 40)
        #expect(!status.isZombie)
        #expect(status.resident == 3 * Int64(sysconf(Int32(_SC_PAGESIZE))))
        #expect(ProcessStatus(Array("42 (cut) S 1".utf8)) == nil)
    }
}
