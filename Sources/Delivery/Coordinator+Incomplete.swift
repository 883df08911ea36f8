import Batch
import Disk
import Foundation
import Logging
import Render
import SystemPackage
import Words

/// A file that ends too early may only be on its way: its writer has paused for longer than files have to rest.
extension Coordinator {
    /// - Returns: false when the outcome is final.
    func isGraced(_ pair: Pair, _ render: RenderRecord) -> Bool {
        guard !isOnce, render.state == .rejected, let problem = render.problem, problem.reason == .cut else {
            return false
        }
        let file = pair.file(of: problem)
        let rest = rules.incompleteGrace - quiet(of: file)
        // the default avatar is none of the inbox: whoever mends it drops the batch again
        guard file.isRelative, rest > .zero, !rules.isProven(file) else { return false }
        let end = elapsed() + rest
        parts.logger.warning(
            "ends too early", metadata: ["file": "\(file)", "final": "\(clockTime(end))"])
        apply(.incomplete(pair, file: file, until: end))
        return true
    }

    /// For how long nothing has come of a file: since it was last seen to change, and for one that was there before by
    /// its change time, which no copying sets.
    private func quiet(of file: FilePath) -> Duration {
        if let seen = facts.changes[file] { return max(.zero, elapsed() - seen) }
        guard let changed = facts.signature(of: file)?.changed else { return .zero }
        return max(.zero, .seconds(date().timeIntervalSince1970) - .nanoseconds(changed))
    }

    /// When that is, for people.
    func clockTime(_ time: Duration) -> String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeZone: .current)
            .year().month().day().time(includingFractionalSeconds: false)
        return date(of: time).formatted(style)
    }

    /// On the wall, of a time on the clock of the rules.
    func date(of time: Duration) -> Date { date().addingTimeInterval((time - elapsed()) / .seconds(1)) }
}

extension Pair {
    /// The one of its files that a problem names, which may show characters of the name otherwise.
    fileprivate func file(of problem: Problem) -> FilePath {
        let name = problem.values["file"]?.en
        return name != audio.lastComponent?.string && name == avatar.lastComponent?.string ? avatar : audio
    }
}
