import SystemPackage
import Words

extension OpenBatch {
    /// - Parameter summary: of its files as they are now.
    func report(_ summary: PairingSummary, _ rules: BatchRules, now: Duration) -> BatchReport {
        let said = markerContent
        return BatchReport(
            folder: folder, name: name, hasMarker: !markers.isEmpty, title: said.title, problems: problems,
            expect: said.expect.map { .init(wanted: $0, ended: ended) }, files: fresh + markers.count,
            unsettled: unsettled, waiting: summary.waiting, rendering: rendering,
            ended: ended, unproven: unproven(most: Self.reportedFiles), unprovenCount: unprovenCount,
            incomplete: incomplete, halves: summary.halves, foreign: summary.foreign, others: summary.others,
            ignored: ignored, waitsFor: wait(rules, now: now),
            timeLeft: deadline(rules).map { max(.zero, $0.time - now) })
    }

    /// More would make a status that nobody reads.
    private static let reportedFiles = 50

    /// The one that is waited for longest first.
    private var incomplete: [BatchReport.Incomplete] {
        graces.map { .init(pair: $0, file: $1.file, until: $1.end) }
            .sorted { $0.until == $1.until ? $0.file.precedes($1.file) : $0.until > $1.until }
    }

    private var ignored: [BatchReport.IgnoredFile] {
        let deep = Phrase(
            "markers, items.csv and SHA256SUMS count only in the batch's own folder, not in a folder inside it",
            zh: "完成标记、items.csv 和 SHA256SUMS 只在批次文件夹的最上层有效，放在子文件夹中无效")
        let second = Phrase("of several tables only items.csv counts", zh: "有多个表格时只使用 items.csv")
        let other = Phrase("of several lists only SHA256SUMS counts", zh: "有多个清单时只使用 SHA256SUMS")
        return strays.sortedByBytes().map { .init(path: $0, reason: deep) }
            + tables.keys.filter { $0 != tablePath }.sortedByBytes().map { .init(path: $0, reason: second) }
            + lists.keys.filter { $0 != listPath }.sortedByBytes().map { .init(path: $0, reason: other) }
    }

    private func wait(_ rules: BatchRules, now: Duration) -> Wait {
        if isHeld { return problems.contains { $0.reason == .cancelled } ? .resuming : .mending }
        if unsettled > 0 { return .copying(files: unsettled) }
        if !isListMet { return .proof(files: unprovenCount) }
        if let last = incomplete.first, rendering == graces.count, deferred.isEmpty {
            return .completion(of: last.file, count: Set(graces.values.map(\.file)).count, until: last.until)
        }
        if markers.isEmpty { return hasContent ? closeAfter(rules).map { .markerOrQuiet($0) } ?? .marker : .marker }
        if !hasContent { return .members }
        if rendering + deferred.count > 0 { return .videos(rendering + deferred.count) }
        if let expect = markerContent.expect, deadline(rules)?.isPatient == true {
            return .items(ended: ended, of: expect)
        }
        let late = changedAfterMarker
        return .quiet(late ? rules.lateGrace : rules.folderQuiet, afterMarker: late)
    }
}
