package import Foundation
import Watch
package import Words

extension ServiceStatus {
    /// The status for people: `status.txt` and the command `status`.
    ///
    /// - Parameters:
    ///   - isRunning: false when it was left behind by a service that has ended.
    ///   - language: of the words around it; nil: of the sentences in it.
    package func text(isRunning: Bool, timeZone: TimeZone, language: Language? = nil) -> String {
        let words = StatusWords(language: language ?? self.language)
        let clock = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeZone: timeZone)
            .year().month().day().time(includingFractionalSeconds: false)
        var lines = [words.headline(isRunning: isRunning, at: changed.formatted(clock))]
        lines += troubles.map { "! \($0)" }
        lines += words.watching(watching.flatMap(Watching.init), on: fileSystem)
        lines += section(words.say("Collecting", "收集中"), batches.flatMap(words.lines))
        lines += section(words.say("Rendering", "渲染中"), running.map(words.line))
        lines += section(words.say("In the queue", "排队中"), queued > 0 ? [words.items(queued)] : [])
        lines += section(words.say("Trying again", "重试中"), retries.map(words.line))
        lines += section(words.say("Packing", "打包中"), delivering.map(words.line))
        lines += section(
            words.say("Delivered", "已交付"), delivered.map { "\($0.at.formatted(clock))  \(words.line($0))" })
        lines += section(words.say("Move pending", "等待移动"), pendingMoves.map(words.line))
        lines += section(words.say("Left alone", "未处理"), ignored.map(words.line) + moreIgnored(words))
        if isIdle {
            // no more than what is known: delivered files may stay in the inbox
            lines.append("")
            lines.append(
                keptCount > 0
                    ? words.say("Nothing is waiting.", "没有待处理的批次。") : words.say("The inbox is empty.", "输入文件夹为空。"))
        }
        return lines.map(PlainText.line).joined(separator: "\n") + "\n"
    }

    private var isIdle: Bool { batches.isEmpty && running.isEmpty && delivering.isEmpty && retries.isEmpty }

    private func moreIgnored(_ words: StatusWords) -> [String] {
        let more = ignoredCount - ignored.count
        return more > 0 ? [words.say("and \(more) more", "另有 \(more) 个")] : []
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines.map { "  " + $0 }
    }
}

extension ServiceStatus {
    /// Whether it changes with time alone. A pack tells of itself every second; all else changes with an event.
    package var isBusy: Bool { !running.isEmpty }

    /// Whether more has changed than percentages and times.
    func differs(from other: ServiceStatus) -> Bool { still(at: other.changed) != other.still(at: other.changed) }

    private func still(at date: Date) -> ServiceStatus {
        var status = self
        status.changed = date
        for index in running.indices {
            (status.running[index].frame, status.running[index].frames) = (0, 0)
            (status.running[index].seconds, status.running[index].silentSeconds) = (0, 0)
        }
        for index in delivering.indices {
            (status.delivering[index].seconds, status.delivering[index].progress) = (0, nil)
        }
        return status
    }
}
