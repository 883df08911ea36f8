import SystemPackage

extension OpenBatch {
    func report(_ rules: BatchRules, now: Duration) -> BatchReport {
        let pairing = Pairing(of: self)
        let others = pairing.others.sortedByBytes()
        let stray = others.filter { Place($0)?.isStrayMarker == true }
        return BatchReport(
            folder: folder, name: name, hasMarker: !markers.isEmpty, files: members.count + markers.count,
            unsettled: unsettled, waiting: pairing.couples.count { $0.pair == nil }, rendering: rendering,
            ended: renders.count - rendering,
            halves: pairing.halves.map(\.path).sortedByBytes(), others: others,
            ignored: stray.map {
                .init(path: $0, reason: "a marker counts only in the batch's own folder, not in a folder inside it")
            },
            waitsFor: wait(rules), timeLeft: deadline(rules).map { max(.zero, $0 - now) })
    }

    private func wait(_ rules: BatchRules) -> Wait {
        if unsettled > 0 { return .copying(files: unsettled) }
        if markers.isEmpty { return .marker }
        if mediaFiles == 0 { return .members }
        if rendering + deferred.count > 0 { return .videos(rendering + deferred.count) }
        let late = changedAfterMarker
        return .quiet(late ? rules.lateGrace : rules.folderQuiet, afterMarker: late)
    }
}
