import Disk
import SystemPackage
import Testing
import Watch

@Suite struct SettleMachineTests {
    static let path: FilePath = "batch/clip.wav"

    struct Outcome {
        var settled: [(second: Double, signature: FileSignature)] = []
        var unsettled = 0
        var gone = 0
        var isSettled = false
    }

    /// Plays a script against the machine: every step at its second, every look when the machine wants it.
    ///
    /// - Parameter dropped: the index of a step whose event gets lost.
    private func play(_ script: Script, dropping dropped: Int? = nil, rescanAt rescans: [Double] = []) -> Outcome {
        var machine = SettleMachine(settle: .seconds(2))
        var file = ScriptedFile()
        var outcome = Outcome()
        var moments = script.steps.indices.map { (second: script.steps[$0].second, step: $0 as Int?) }
        moments += rescans.map { (second: $0, step: nil) }
        moments.sort { $0.second < $1.second }
        // long enough for whatever is left to settle
        moments.append((second: 1000, step: nil))
        for moment in moments {
            let now = Duration.milliseconds(Int(moment.second * 1000))
            runDeadlines(before: now, &machine, file, &outcome)
            guard let index = moment.step else {
                note(scan(&machine, file, now), now, &outcome)
                continue
            }
            let isTold = file.apply(script.steps[index].step, at: moment.second)
            guard isTold, index != dropped else { continue }
            note(look(&machine, file, .event, now), now, &outcome)
        }
        return outcome
    }

    private func look(
        _ machine: inout SettleMachine, _ file: ScriptedFile, _ cause: SettleMachine.Cause, _ now: Duration
    ) -> [WatchEvent] {
        guard let signature = file.signature else { return [machine.lost(Self.path)].compactMap { $0 } }
        return [machine.saw(Self.path, signature, by: cause, now: now)].compactMap { $0 }
    }

    private func scan(_ machine: inout SettleMachine, _ file: ScriptedFile, _ now: Duration) -> [WatchEvent] {
        machine.beginScan()
        let seen = file.signature == nil ? [] : look(&machine, file, .scan, now)
        return seen + machine.endScan { _ in false }
    }

    private func runDeadlines(
        before end: Duration, _ machine: inout SettleMachine, _ file: ScriptedFile, _ outcome: inout Outcome
    ) {
        while let now = machine.nextDeadline, now < end {
            for path in machine.due(now: now) {
                guard let signature = file.signature else {
                    note([machine.lost(path)].compactMap { $0 }, now, &outcome)
                    continue
                }
                let finding = SettleMachine.Finding.file(signature, hasWriter: file.writers > 0)
                note([machine.inspected(path, finding, now: now)].compactMap { $0 }, now, &outcome)
            }
        }
    }

    private func note(_ events: [WatchEvent], _ now: Duration, _ outcome: inout Outcome) {
        for event in events {
            switch event {
            case .settled(_, let signature):
                outcome.settled.append((now / .seconds(1), signature))
                outcome.isSettled = true
            case .unsettled:
                outcome.unsettled += 1
                outcome.isSettled = false
            case .gone:
                outcome.gone += 1
                outcome.isSettled = false
            default: Issue.record("the machine doesn't tell of \(event)")
            }
        }
    }

    private func isSame(_ one: FileSignature?, _ other: FileSignature?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return one.isSameContent(as: other)
    }

    @Test("each way to bring a file in settles exactly once, when it is done", arguments: Scripts.all)
    func settlesOnce(script: Script) {
        let outcome = play(script)
        #expect(outcome.settled.map(\.second) == script.expected)
        #expect(outcome.unsettled == outcome.settled.count + outcome.gone)
    }

    @Test("scans at any time change nothing", arguments: Scripts.all)
    func scansAreIdempotent(script: Script) {
        let calm = play(script)
        let scanned = play(script, rescanAt: (0..<80).map { Double($0) * 0.25 + 0.01 } + [300, 600])
        #expect(isSame(scanned.settled.last?.signature, calm.settled.last?.signature))
        #expect(scanned.isSettled == calm.isSettled)
        #expect(Set(scanned.settled.map(\.signature)).count == scanned.settled.count)
    }

    @Test("whichever single event gets lost, a scan brings everything to the same end", arguments: Scripts.all)
    func lostEvents(script: Script) {
        let whole = play(script)
        for index in script.steps.indices {
            let outcome = play(script, dropping: index, rescanAt: [300])
            #expect(isSame(outcome.settled.last?.signature, whole.settled.last?.signature), "without step \(index)")
            #expect(outcome.isSettled == whole.isSettled, "without step \(index)")
        }
    }

    @Test("what needs more quiet gets it, and less once it has bytes")
    func minimumQuiet() {
        var machine = SettleMachine(settle: .seconds(2)) { path, size in
            size == 0 && path.extension == "wav" ? .seconds(30) : .zero
        }
        let empty = FileSignature(inode: 1, size: 0, modified: 1, changed: 1, blocks: 0)
        let full = FileSignature(inode: 1, size: 9, modified: 2, changed: 2, blocks: 8)
        #expect(machine.saw("a.wav", empty, by: .event, now: .zero) == .unsettled("a.wav"))
        #expect(machine.saw("batch.ready", empty, by: .event, now: .zero) == .unsettled("batch.ready"))
        #expect(machine.due(now: .seconds(2)) == ["batch.ready"])
        let marker = machine.inspected("batch.ready", .file(empty, hasWriter: nil), now: .seconds(2))
        #expect(marker == .settled("batch.ready", empty))
        #expect(machine.saw("a.wav", full, by: .event, now: .seconds(10)) == nil)
        #expect(machine.nextDeadline == .seconds(12))
        #expect(machine.due(now: .seconds(12)) == ["a.wav"])
        #expect(machine.inspected("a.wav", .file(full, hasWriter: false), now: .seconds(12)) == .settled("a.wav", full))
        // what is left of the plan for the empty file does nothing
        #expect(machine.due(now: .seconds(100)).isEmpty)
        #expect(machine.nextDeadline == nil)
    }

    @Test("files that are hurried need a quarter of a second, empty ones too, and the usual time again afterwards")
    func hurried() {
        var machine = SettleMachine(settle: .seconds(2)) { _, size in size == 0 ? .seconds(30) : .zero }
        let empty = FileSignature(inode: 1, size: 0, modified: 1, changed: 1, blocks: 0)
        let full = FileSignature(inode: 2, size: 9, modified: 2, changed: 2, blocks: 8)
        _ = machine.saw("empty", empty, by: .event, now: .zero)
        _ = machine.saw("full", full, by: .event, now: .zero)
        _ = machine.saw("other", full, by: .event, now: .zero)
        machine.hurry(["empty", "full", "late"], now: .seconds(1))
        _ = machine.saw("late", full, by: .event, now: .seconds(1))
        #expect(machine.due(now: .milliseconds(1249)).isEmpty)
        // told again, this is no news
        machine.hurry(["empty", "full", "late"], now: .milliseconds(1249))
        #expect(Set(machine.due(now: .milliseconds(1250))) == ["empty", "full", "late"])
        #expect(machine.inspected("empty", .file(empty, hasWriter: false), now: .milliseconds(1250)) != nil)
        #expect(machine.inspected("full", .file(full, hasWriter: true), now: .milliseconds(1250)) == nil)
        #expect(machine.inspected("late", .file(empty, hasWriter: false), now: .milliseconds(1250)) == nil)
        machine.hurry(["late"], now: .milliseconds(1300))
        #expect(machine.due(now: .milliseconds(1500)) == ["late"])
        #expect(machine.inspected("late", .file(empty, hasWriter: false), now: .milliseconds(1500)) != nil)
        #expect(machine.due(now: .seconds(2)) == ["other"])
        #expect(machine.inspected("other", .file(full, hasWriter: false), now: .seconds(2)) != nil)
        #expect(machine.due(now: .milliseconds(3299)).isEmpty)
        #expect(machine.due(now: .milliseconds(3300)) == ["full"])
    }

    @Test("a file that can't be looked at for now is looked at again")
    func unknown() {
        var machine = SettleMachine(settle: .seconds(2))
        let signature = FileSignature(inode: 1, size: 9, modified: 2, changed: 2, blocks: 8)
        _ = machine.saw("a", signature, by: .event, now: .zero)
        #expect(machine.due(now: .seconds(2)) == ["a"])
        #expect(machine.inspected("a", .unknown, now: .seconds(2)) == nil)
        #expect(machine.due(now: .seconds(4)) == ["a"])
        #expect(machine.inspected("a", .file(signature, hasWriter: false), now: .seconds(4)) != nil)
    }

    @Test("a storm of events on a file costs no memory")
    func storm() {
        var machine = SettleMachine(settle: .seconds(2))
        var signature = FileSignature(inode: 1, size: 0, modified: 0, changed: 0, blocks: 0)
        for index in 0..<10_000 {
            signature.size = Int64(index)
            _ = machine.saw("a", signature, by: .event, now: .microseconds(index))
        }
        #expect(machine.due(now: .seconds(2)).isEmpty)
        #expect(machine.due(now: .seconds(2) + .microseconds(9_999)) == ["a"])
        #expect(machine.nextDeadline == nil)
    }

    @Test("a thousand files come due in the order of their last change")
    func order() {
        var machine = SettleMachine(settle: .seconds(2))
        let signature = FileSignature(inode: 1, size: 9, modified: 2, changed: 2, blocks: 8)
        let times = (0..<1000).map { ($0 * 7919) % 1000 }
        for time in times {
            _ = machine.saw(FilePath("f\(time)"), signature, by: .event, now: .milliseconds(time))
        }
        var order: [FilePath] = []
        while let next = machine.nextDeadline {
            for path in machine.due(now: next) {
                order.append(path)
                _ = machine.inspected(path, .file(signature, hasWriter: nil), now: next)
            }
        }
        #expect(order == (0..<1000).map { FilePath("f\($0)") })
    }
}
