package import Foundation

extension ServiceStatus {
    /// The status for people: `status.txt` and the command `status`.
    ///
    /// - Parameter isRunning: false when it was left behind by a service that has ended.
    package func text(isRunning: Bool, timeZone: TimeZone) -> String {
        let clock = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeZone: timeZone)
            .year().month().day().time(includingFractionalSeconds: false)
        var lines = [
            isRunning
                ? "HeyGemWatch is running. As of \(changed.formatted(clock)):"
                : "HeyGemWatch is not running. When it ended, \(changed.formatted(clock)):"
        ]
        lines += troubles.map { "! \($0)" }
        lines += section("Collecting", batches.map(\.line))
        lines += section("Rendering", running.map(\.line))
        lines += section("In the queue", queued > 0 ? ["\(queued) \(queued == 1 ? "item" : "items")"] : [])
        lines += section("Packing", delivering.map(\.line))
        lines += section("Delivered", delivered.map { "\($0.at.formatted(clock))  \($0.line)" })
        lines += section("Left alone", ignored.map { "\($0.path): \($0.reason)" } + moreIgnored)
        if batches.isEmpty && running.isEmpty && delivering.isEmpty { lines += ["", "The inbox is empty."] }
        return lines.joined(separator: "\n") + "\n"
    }

    private var moreIgnored: [String] {
        ignoredCount > ignored.count ? ["and \(ignoredCount - ignored.count) more"] : []
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines.map { "  " + $0 }
    }
}

extension ServiceStatus {
    /// Whether it changes with time alone.
    var isBusy: Bool { !running.isEmpty || !delivering.isEmpty || batches.contains { $0.copying > 0 } }

    /// Whether more has changed than percentages.
    func differs(from other: ServiceStatus) -> Bool {
        func still(_ status: ServiceStatus) -> ServiceStatus {
            var status = status
            status.changed = other.changed
            for index in status.running.indices { (status.running[index].frame, status.running[index].frames) = (0, 0) }
            return status
        }
        return still(self) != still(other)
    }
}

extension ServiceStatus.OpenBatch {
    fileprivate var line: String {
        var parts = ["\(ended) of \(items) \(items == 1 ? "item" : "items") done"]
        if bad > 0 { parts.append("\(bad) without a video") }
        if !unpaired.isEmpty { parts.append("without a partner: \(Self.some(of: unpaired))") }
        if !others.isEmpty { parts.append("only to be archived: \(Self.some(of: others))") }
        return "\(name): " + parts.joined(separator: "; ") + (waitsFor.isEmpty ? "" : "; " + waitsFor)
    }
}

extension ServiceStatus.OpenBatch {
    /// As many names as a line can take.
    private static func some(of names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
    }
}

extension ServiceStatus.RunningItem {
    fileprivate var line: String {
        frames > 0 ? "\(batch) / \(item): \(100 * frame / frames) %" : "\(batch) / \(item)"
    }
}

extension ServiceStatus.Delivering {
    fileprivate var line: String { waitsFor.isEmpty ? batch : "\(batch): \(waitsFor)" }
}

extension ServiceStatus.Delivered {
    fileprivate var line: String {
        let bad = bad > 0 ? ", \(bad) without (see the CSV)" : ""
        let move = moveProblem.map { "; \($0)" } ?? ""
        return "\(zip): \(videos) \(videos == 1 ? "video" : "videos")\(bad)\(move)"
    }
}
