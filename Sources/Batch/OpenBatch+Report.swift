import SystemPackage
import Words

extension OpenBatch {
    func report(_ rules: BatchRules, now: Duration) -> BatchReport {
        let pairing = Pairing(of: self)
        let said = markerContent
        return BatchReport(
            folder: folder, name: name, hasMarker: !markers.isEmpty, title: said.title, problems: problems,
            expect: said.expect.map { .init(wanted: $0, ended: ended) }, files: fresh + markers.count,
            unsettled: unsettled, waiting: pairing.couples.count { $0.pair == nil }, rendering: rendering,
            ended: ended, halves: pairing.halves.map(\.path).sortedByBytes(), others: pairing.others.sortedByBytes(),
            ignored: ignored, waitsFor: wait(rules, now: now),
            timeLeft: deadline(rules).map { max(.zero, $0.time - now) })
    }

    private var ignored: [BatchReport.IgnoredFile] {
        let deep = Phrase(
            "markers and items.csv count only in the batch's own folder, not in a folder inside it",
            zh: "完成标记和 items.csv 只在批次文件夹的最上层有效，放在子文件夹中无效")
        let second = Phrase("of several tables only items.csv counts", zh: "有多个表格时只使用 items.csv")
        return strays.sortedByBytes().map { .init(path: $0, reason: deep) }
            + tables.keys.filter { $0 != tablePath }.sortedByBytes().map { .init(path: $0, reason: second) }
    }

    private func wait(_ rules: BatchRules, now: Duration) -> Wait {
        if isHeld { return problems.contains { $0.reason == .cancelled } ? .resuming : .mending }
        if unsettled > 0 { return .copying(files: unsettled) }
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
