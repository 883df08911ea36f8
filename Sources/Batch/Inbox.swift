package import SystemPackage

/// All open batches of an inbox as one state machine: told what happens to its files, it says what to render and what to deliver.
///
/// Pairing is a pure function of the files that are there. What an event costs depends on the files that it can affect, not on how many there are.
/// Any order of events is allowed: a file may settle or go without having been announced, and go or end twice.
///
/// Its user hands in `.tick` when ``nextDeadline`` has come, and after the events of that instant; nothing starts or closes by time without it.
package struct Inbox: Sendable {
    private var rules: BatchRules
    private var batches: [BatchFolder: OpenBatch] = [:]
    private var namedMarkers = NamedMarkers()
    private var deadlines = DeadlineQueue()
    /// Files being written and renders that run, over all batches.
    private var underWay = 0
    private var lastRevision: UInt64 = 0
    /// Who cancelled which batch; kept before any of its files are known.
    private var cancelled: [BatchFolder: String] = [:]
    /// Batches whose next deadline is only that no more of the expected items come.
    private var patient: Set<BatchFolder> = []
    /// For ``report(now:)``; of batches that have changed since, none.
    private var summaries: [BatchFolder: PairingSummary] = [:]

    package init(rules: BatchRules = BatchRules()) {
        self.rules = rules
    }

    /// When `.tick` can change something, on the clock of `now`; may have passed already. Nil: not before another event.
    package var nextDeadline: Duration? { deadlines.earliest }

    /// Nothing but a file that comes, changes or goes could change anything, or the end of a marker's patience for expected items.
    package var isResting: Bool { underWay == 0 && deadlines.count == patient.count }

    /// - Parameter now: time since some start, never less than before.
    package mutating func handle(_ event: InboxEvent, now: Duration) -> [InboxAction] {
        var actions: [InboxAction] = []
        switch event {
        case .unsettled(let path): noteUnsettled(path, now: now, into: &actions)
        case .settled(let path): noteSettled(path, nil, now: now, into: &actions)
        case .read(let path, let manifest): noteSettled(path, manifest, now: now, into: &actions)
        case .kept(let path): noteKept(path, now: now, into: &actions)
        case .gone(let path): noteGone(path, now: now, into: &actions)
        case .stirred(let path):
            guard let folder = place(path)?.batch, batches[folder] != nil else { break }
            change(folder, now: now, into: &actions) { batch, _ in batch.noteStirred(now: now) }
        case .ended(let pair):
            guard batches[pair.folder] != nil else { break }
            change(pair.folder, now: now, into: &actions) { batch, _ in batch.noteEnded(pair) }
        case .incomplete(let pair, let file, let end):
            guard batches[pair.folder] != nil else { break }
            change(pair.folder, now: now, into: &actions) { batch, _ in
                batch.noteIncomplete(pair, OpenBatch.Grace(file: file, end: end))
            }
        case .checked(let check, let outcome):
            guard let place = place(check.path), batches[place.batch] != nil else { break }
            change(place.batch, now: now, into: &actions) { $0.noteChecked(check, outcome, into: &$1) }
        case .cancelled(let folder, let who):
            cancelled[folder] = who
            setCancelled(folder, who, now: now, into: &actions)
        case .resumed(let folder):
            cancelled[folder] = nil
            setCancelled(folder, nil, now: now, into: &actions)
        case .tick: noteTime(now, into: &actions)
        }
        return actions
    }

    /// From here on, also for what waits already: the inbox lies on another file system than was thought.
    package mutating func setFolderQuiet(_ quiet: Duration) {
        guard quiet != rules.folderQuiet else { return }
        rules.folderQuiet = quiet
        for batch in batches.values { setDeadline(of: batch) }
    }

    /// How long nothing may have come of an audio or video that ends too early before that is final.
    package var incompleteGrace: Duration { rules.incompleteGrace }

    /// Whether a batch's list says what the file has to be, and the file is so.
    package func isProven(_ path: FilePath) -> Bool {
        place(path).flatMap { batches[$0.batch] }?.isProven(path) ?? false
    }

    /// Whether anybody still wants to know.
    package func needs(_ check: FileCheck) -> Bool {
        place(check.path).flatMap { batches[$0.batch] }?.needs(check) ?? false
    }

    /// What is going on in each open batch, in natural order of their names.
    package mutating func report(now: Duration) -> [BatchReport] {
        batches.values.filter(\.isReported).map { batch in
            let summary = summaries[batch.folder] ?? PairingSummary(of: batch)
            summaries[batch.folder] = summary
            return batch.report(summary, rules, now: now)
        }
        .sorted { ($0.name, $0.folder == .loose ? 0 : 1) < ($1.name, $1.folder == .loose ? 0 : 1) }
    }

    // MARK: Events

    private func place(_ path: FilePath) -> Place? {
        guard let place = Place(path, patterns: rules.patterns) else { return nil }
        // its name is no marker's, so it has to be looked for
        return place.role == .other && rules.patterns.isOwnNote(place.path.lastComponent?.bytes ?? []) ? nil : place
    }

    private mutating func noteUnsettled(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = place(path) else { return }
        guard place.role != .marker else { return noteMarker(place, nil, isSettled: false, now: now, into: &actions) }
        change(place.batch, now: now, into: &actions) { $0.noteUnsettled(place, now: now, into: &$1) }
    }

    private mutating func noteSettled(
        _ path: FilePath, _ content: Manifest?, now: Duration, into actions: inout [InboxAction]
    ) {
        guard let place = place(path) else { return }
        guard place.role != .marker else {
            return noteMarker(place, content, isSettled: true, now: now, into: &actions)
        }
        lastRevision += 1
        let (revision, content) = (lastRevision, content.map(withoutOwn(place)))
        change(place.batch, now: now, into: &actions) {
            $0.noteSettled(place, content, revision: revision, now: now, into: &$1)
        }
    }

    /// A list made of all that is there names itself, too, as it was before it was written. Markers are read for what
    /// they say, and may be mended afterwards.
    private func withoutOwn(_ list: Place) -> (Manifest) -> Manifest {
        { manifest in
            guard case .checksums(let checksums) = manifest else { return manifest }
            var kept = checksums
            kept.entries.removeAll { entry in
                let place = self.place(list.folder.pushing(FilePath(bytes: entry.path)))
                return place.map { [.marker, .checksums].contains($0.role) } ?? true
            }
            return .checksums(kept)
        }
    }

    private mutating func noteKept(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = place(path) else { return }
        guard place.role != .marker else { return noteGone(path, now: now, into: &actions) }
        lastRevision += 1
        let revision = lastRevision
        change(place.batch, now: now, into: &actions) { $0.noteKept(place, revision: revision, into: &$1) }
    }

    private mutating func noteMarker(
        _ place: Place, _ content: Manifest?, isSettled: Bool, now: Duration, into actions: inout [InboxAction]
    ) {
        let home = place.namedBatch.map { namedMarkers.insert(place.path, stem: $0) } ?? place.batch
        change(home, now: now, into: &actions) { batch, _ in
            batch.noteMarker(place, content, isSettled: isSettled, now: now)
        }
    }

    private mutating func noteGone(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = place(path) else { return }
        let home = place.namedBatch.map(namedMarkers.target) ?? place.batch
        guard batches[home] != nil else { return }
        if let stem = place.namedBatch { namedMarkers.remove(path, stem: stem) }
        change(home, now: now, into: &actions) { batch, actions in
            if place.role == .marker {
                _ = batch.removeMarker(path, now: now)
            } else {
                batch.noteGone(place, now: now, into: &actions)
            }
        }
    }

    private mutating func setCancelled(
        _ folder: BatchFolder, _ who: String?, now: Duration, into actions: inout [InboxAction]
    ) {
        guard batches[folder] != nil else { return }
        change(folder, now: now, into: &actions) { batch, actions in
            batch.cancelledBy = who
            batch.lastActivity = now
            batch.refreshAll(into: &actions)
        }
    }

    private mutating func noteTime(_ now: Duration, into actions: inout [InboxAction]) {
        while let folder = deadlines.popDue(now: now) {
            guard let batch = batches[folder] else { continue }
            if batch.graces.values.contains(where: { $0.end <= now }) {
                change(folder, now: now, into: &actions) { batch, _ in batch.endGraces(now: now) }
            } else if batch.startsDeferred {
                change(folder, now: now, into: &actions) { $0.startDeferred(into: &$1) }
            } else if batch.media.table?.isMet == false || !batch.isListMet {
                change(folder, now: now, into: &actions) { batch, _ in
                    batch.tellUnmetRows()
                    batch.tellUnmetList()
                }
            } else {
                actions.append(.close(batch.closing()))
                forget(batch, now: now, into: &actions)
            }
        }
    }

    // MARK: Batches

    /// Changes a batch in place, opening it before and forgetting it after where needed, and keeps the sums and deadlines.
    private mutating func change(
        _ folder: BatchFolder, now: Duration, into actions: inout [InboxAction],
        _ body: (inout OpenBatch, inout [InboxAction]) -> Void
    ) {
        var batch = batches.removeValue(forKey: folder) ?? open(folder)
        summaries[folder] = nil
        let (existed, wasReported) = (batch.hasOwnFiles, batch.isReported)
        underWay -= batch.underWay
        body(&batch, &actions)
        underWay += batch.underWay
        batch.tellProblems(into: &actions)
        let exists = batch.hasOwnFiles
        if wasReported, !batch.isReported, cancelled.removeValue(forKey: folder) != nil {
            batch.cancelledBy = nil
            actions.append(.forgetCancelled(folder))
        }
        setDeadline(of: batch)
        if !batch.isEmpty { batches[folder] = batch }
        if exists != existed { rehomeMarkers(of: folder, exists: exists, now: now, into: &actions) }
    }

    private mutating func setDeadline(of batch: OpenBatch) {
        let deadline = batch.deadline(rules)
        if deadline?.isPatient == true { patient.insert(batch.folder) } else { patient.remove(batch.folder) }
        deadlines.set(deadline?.time, for: batch.folder)
    }

    private func open(_ folder: BatchFolder) -> OpenBatch {
        var batch = OpenBatch(folder: folder, defaultAvatar: rules.defaultAvatar)
        batch.cancelledBy = cancelled[folder]
        return batch
    }

    private mutating func forget(_ batch: OpenBatch, now: Duration, into actions: inout [InboxAction]) {
        for (path, marker) in batch.markers {
            if let stem = marker.namedBatch { namedMarkers.remove(path, stem: stem) }
        }
        patient.remove(batch.folder)
        summaries[batch.folder] = nil
        if batch.checksums != nil { actions.append(.hurry(batch.folder, [])) }
        batches[batch.folder] = batch.afterClosing()
        guard batches[batch.folder] == nil else { return }
        rehomeMarkers(of: batch.folder, exists: false, now: now, into: &actions)
    }

    /// `monday.batch` is for the folder monday/ while there is one, else for the loose files.
    private mutating func rehomeMarkers(
        of folder: BatchFolder, exists: Bool, now: Duration, into actions: inout [InboxAction]
    ) {
        guard case .folder(let component) = folder else { return }
        for move in namedMarkers.noteFolder(component, exists: exists) {
            var moved: OpenBatch.Marker?
            change(move.from, now: now, into: &actions) { batch, _ in
                moved = batch.removeMarker(move.marker, now: now)
            }
            guard let moved else { continue }
            change(move.to, now: now, into: &actions) { batch, _ in batch.adopt(moved, at: move.marker, now: now) }
        }
    }
}
