import SystemPackage

/// When time alone starts or closes something.
extension OpenBatch {
    struct Deadline {
        let time: Duration
        /// Only that no more of the expected items come.
        var isPatient = false
    }

    func deadline(_ rules: BatchRules) -> Deadline? {
        let next = ownDeadline(rules)
        guard let grace = graces.values.map(\.end).min(), next.map({ grace < $0.time }) ?? true else { return next }
        return Deadline(time: grace)
    }

    /// Without that of files that may still be completed.
    ///
    /// - Returns: nil while something is being written or rendered that has to end first, or while the batch is held.
    private func ownDeadline(_ rules: BatchRules) -> Deadline? {
        guard unsettled == 0, cancelledBy == nil, !isTableUnclear || isTableUnproven else { return nil }
        if startsDeferred { return Deadline(time: lastActivity + rules.folderQuiet) }
        guard rendering == 0, hasContent || !isListMet, isReported, !isHeldForGood else { return nil }
        guard !markers.isEmpty else {
            guard let closeAfter = closeAfter(rules) else { return nil }
            return Deadline(time: lastActivity + closeAfter)
        }
        let quiet = lastActivity + (changedAfterMarker ? rules.lateGrace : rules.folderQuiet)
        guard let expect = markerContent.expect, let since = expectedSince, isListMet else {
            return Deadline(time: quiet)
        }
        if ended >= expect { return Deadline(time: lastActivity) }
        let patience = since + rules.expectTimeout
        return Deadline(time: max(quiet, patience), isPatient: patience > quiet)
    }

    /// How long a folder without marker has to be quiet. Loose files never close so: they are not one thing.
    func closeAfter(_ rules: BatchRules) -> Duration? {
        guard folder != .loose, let closeAfter = rules.closeAfter else { return nil }
        return max(closeAfter, rules.folderQuiet)
    }

    /// Items that have their outcome.
    var ended: Int { renders.count - rendering }
}
