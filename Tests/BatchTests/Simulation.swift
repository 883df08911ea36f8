import Batch
import SystemPackage
import Testing
import Words

/// An inbox with time, renders that end, and a plain second opinion on what must hold after every event.
struct Simulation {
    private(set) var inbox: Inbox
    private var model: PlainModel
    private let rules: BatchRules
    private let renderTime: Duration?
    private var endings: [(time: Duration, pair: Pair)] = []
    /// Files that are to be compared, with what they held when that was asked.
    private var checks: [(check: FileCheck, content: String)] = []
    private var contents: [FilePath: String] = [:]
    /// Renders that find the audio cut, until then.
    private var graces: [Pair: Duration] = [:]
    private var closings: [String] = []
    private(set) var log: [String] = []
    private(set) var now = Duration.zero

    init(rules: BatchRules = BatchRules(), renderTime: Duration?) {
        inbox = Inbox(rules: rules)
        model = PlainModel(rules)
        self.rules = rules
        self.renderTime = renderTime
    }

    /// Runs the steps and then on until nothing is due any more.
    mutating func run(_ steps: [Scenario.Step]) {
        for step in steps {
            if step.time > now { advance(to: step.time) }
            take(step)
        }
        // An hour is longer than any rule of the scenarios.
        advance(to: now + .seconds(3600))
    }

    mutating func take(_ step: Scenario.Step) {
        let path = FilePath(step.path)
        contents[path] = step.verb == .read ? step.content : path.lastComponent?.string
        switch step.verb {
        case .new: send(.unsettled(path))
        case .set: send(.settled(path))
        case .gone: send(.gone(path))
        case .stir: send(.stirred(path))
        case .kept: send(.kept(path))
        case .read:
            guard let role = Inbox.manifestRole(of: path, patterns: rules.patterns) else { return send(.settled(path)) }
            let content =
                role == .checksums ? Scenario.summed(step.content.replacing("|", with: "\n")) : step.content
            send(.read(path, Manifest.read(path, Array(content.utf8), as: role, engines: ["builtin"])))
        case .cancel: send(.cancelled(folder(step.path), by: "Anna"))
        case .resume: send(.resumed(folder(step.path)))
        case .end:
            guard let pair = model.running.first(where: { $0.audio == path || $0.avatar == path }) else {
                Issue.record("\(step.path) is not being rendered at \(now)")
                return
            }
            send(.ended(pair))
        case .cut:
            guard let pair = model.running.first(where: { $0.audio == path || $0.avatar == path }) else {
                Issue.record("\(step.path) is not being rendered at \(now)")
                return
            }
            let end = now + rules.incompleteGrace
            if !inbox.isProven(path) { graces[pair] = end }
            send(inbox.isProven(path) ? .ended(pair) : .incomplete(pair, file: path, until: end))
        }
    }

    private func folder(_ name: String) -> BatchFolder {
        FilePath.Component(name).flatMap { $0.kind == .regular ? .folder($0) : nil } ?? .loose
    }

    /// Everything that is due before `time`, and at `time` no more than is due before its first event.
    mutating func advance(to time: Duration) {
        finishInstant()
        while let next = nextTime, next < time {
            now = next
            finishInstant()
        }
        now = time
    }

    private var nextTime: Duration? {
        [inbox.nextDeadline, endings.map(\.time).min(), checks.isEmpty ? nil : now].compactMap(\.self).min()
    }

    /// Files first, then what they are compared with, then renders, then the tick.
    private mutating func finishInstant() {
        while let next = nextTime, next <= now {
            let asked = checks
            checks = []
            for (check, content) in asked { send(.checked(check, outcome(of: check, content))) }
            let due = endings.filter { $0.time <= now }
            endings.removeAll { $0.time <= now }
            for ending in due { send(.ended(ending.pair)) }
            send(.tick)
        }
    }

    private mutating func send(_ event: InboxEvent) {
        model.note(event)
        if event == .tick {
            for (pair, end) in graces where end <= now {
                model.noteFinal(pair)
                graces[pair] = nil
            }
        }
        for action in inbox.handle(event, now: now) {
            model.note(action)
            note(action)
        }
        model.check(inbox, after: event, now: now)
    }

    private mutating func note(_ action: InboxAction) {
        switch action {
        case .render(let pair):
            log.append("\(seconds) render \(pair.audio) + \(pair.avatar)")
            if let renderTime { endings.append((now + renderTime, pair)) }
        case .endRender(let pair):
            log.append("\(seconds) end \(pair.audio) + \(pair.avatar)")
            endings.removeAll { $0.pair == pair }
            graces[pair] = nil
        case .check(let check): checks.append((check, contents[check.path] ?? ""))
        case .hurry(_, let paths):
            let names = paths.isEmpty ? "none" : paths.map(\.string).sorted().joined(separator: ", ")
            log.append("\(seconds) hurry \(names)")
        case .hold(_, let markers, let problems):
            let markers = markers.map(\.string).joined(separator: ", ")
            let words = problems.map(\.words).joined(separator: " ")
            log.append(problems.isEmpty ? "\(seconds) release \(markers)" : "\(seconds) hold \(markers): \(words)")
        case .forgetCancelled:
            log.append("\(seconds) forget")
        case .close(let closing):
            closings += ["\(seconds) close \(closing.name.text)"] + closing.lines
        }
    }

    private func outcome(of check: FileCheck, _ content: String) -> FileCheck.Outcome {
        content == "unreadable" ? .unreadable : Scenario.sum(of: content) == check.sha256 ? .matches : .differs
    }

    private var seconds: String {
        let seconds = now / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }

    var outcome: [String] {
        var inbox = inbox
        return closings
            + inbox.report(now: now).flatMap { report in
                ["open \(report.name.text): \(report.files) files, \(report.waitsFor.words.en)"]
                    + report.problems.map { "held \($0.words)" }
            }
    }
}

extension Problem {
    /// Of markers only the file: what is wrong with it is not for batches to say.
    fileprivate var words: String { reason == .badMarker ? "bad_marker \(values["file"]?.en ?? "")" : message }
}

extension Closing {
    /// As scenarios write it.
    var lines: [String] {
        items.map { item in
            let points = item.points.map { " + \($0)" } ?? ""
            return "item \(item.name.text) = \(item.audio) + \(item.avatar)\(points)"
                + (item.tags.isEmpty ? "" : " #\(item.tags.joined(separator: ";"))")
                + (item.note.isEmpty ? "" : " (\(item.note.en))")
        }
            + halves.map { half in
                "half \(half.name.text) = \(half.path)"
                    + (half.tags.isEmpty ? "" : " #\(half.tags.joined(separator: ";"))")
                    + (half.foreignKind.map { " (\($0.what.en))" } ?? "")
            }
            + markers.map { "marker \($0)" } + (marker.title.map { ["title \($0)"] } ?? [])
            + (shortfall.map { ["missing \($0)"] } ?? [])
            + manifests.map { "manifest \($0)" } + others.map { "other \($0)" }
    }
}
