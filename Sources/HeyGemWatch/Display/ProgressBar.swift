package import Delivery
package import Foundation
import Words

/// The line at the foot of the terminal: batch, running items, time left.
package struct ProgressBar {
    /// When the work that is under way began, and how many items had ended then.
    private var begin: (at: Date, ended: Int)?

    package init() {}

    /// The text for one status; empty when there is nothing to do.
    ///
    /// - Parameter width: columns of the terminal.
    package mutating func text(for status: ServiceStatus, now: Date, width: Int) -> String {
        let items = status.batches.reduce(0) { $0 + $1.items }
        let ended = status.batches.reduce(0) { $0 + $1.ended }
        guard !status.running.isEmpty || status.queued > 0 || !status.delivering.isEmpty else {
            begin = nil
            return ""
        }
        if begin == nil { begin = (now, ended) }
        var parts = [Self.bar(done: ended, of: max(items, 1)), "\(ended)/\(items)"]
        if let batch = status.running.first?.batch ?? status.delivering.first?.batch { parts.append(batch) }
        parts += status.running.prefix(3).map(Self.running)
        if let left = timeLeft(status, ended: ended, items: items, now: now) {
            parts.append(left.text(status.language))
        }
        if status.running.isEmpty, !status.delivering.isEmpty {
            parts.append(Phrase("packing", zh: "打包中").text(status.language))
        }
        return String(parts.joined(separator: "  ").prefix(max(width - 1, 10)))
    }

    private static func bar(done: Int, of total: Int) -> String {
        let cells = 20
        let full = min(cells, done * cells / total)
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    }

    private static func running(_ item: ServiceStatus.RunningItem) -> String {
        item.frames > 0 ? "\(item.item) \(100 * item.frame / item.frames) %" : item.item
    }

    /// From the pace since the work began, parts of running items counted in.
    private func timeLeft(_ status: ServiceStatus, ended: Int, items: Int, now: Date) -> Phrase? {
        guard let begin else { return nil }
        let parts = status.running.reduce(0.0) { $0 + ($1.frames > 0 ? Double($1.frame) / Double($1.frames) : 0) }
        let done = Double(ended - begin.ended) + parts
        let elapsed = now.timeIntervalSince(begin.at)
        guard done > 0.2, elapsed > 2 else { return nil }
        let seconds = Int((Double(items - begin.ended) - done) * elapsed / done)
        guard seconds > 0 else { return nil }
        let minutes = (seconds + 30) / 60
        return seconds < 90
            ? Phrase("about \(seconds) s left", zh: "约剩 \(seconds) 秒")
            : Phrase("about \(minutes) min left", zh: "约剩 \(minutes) 分钟")
    }
}
