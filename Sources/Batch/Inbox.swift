import SystemPackage

/// All open batches of an inbox as one state machine: told what happens to its files, it says what to render and what to deliver.
///
/// Pairing is a pure function of the files that are there. What an event costs depends on the files that it can affect, not on how many there are.
/// Any order of events is allowed: a file may settle or go without having been announced, and go or end twice.
///
/// Its user hands in `.tick` when ``nextDeadline`` has come, and after the events of that instant; nothing starts or closes by time without it.
package struct Inbox: Sendable {
    private let rules: BatchRules
    private var batches: [BatchFolder: OpenBatch] = [:]
    private var namedMarkers = NamedMarkers()
    private var deadlines = DeadlineQueue()
    /// Files being written and renders that run, over all batches.
    private var underWay = 0
    private var lastRevision: UInt64 = 0

    package init(rules: BatchRules = BatchRules()) {
        self.rules = rules
    }

    /// When `.tick` can change something, on the clock of `now`; may have passed already. Nil: not before another event.
    package var nextDeadline: Duration? { deadlines.earliest }

    /// Nothing but a file that comes, changes or goes could change anything.
    package var isResting: Bool { underWay == 0 && nextDeadline == nil }

    /// - Parameter now: time since some start, never less than before.
    package mutating func handle(_ event: InboxEvent, now: Duration) -> [InboxAction] {
        var actions: [InboxAction] = []
        switch event {
        case .unsettled(let path): noteUnsettled(path, now: now, into: &actions)
        case .settled(let path): noteSettled(path, now: now, into: &actions)
        case .gone(let path): noteGone(path, now: now, into: &actions)
        case .ended(let pair):
            if batches[pair.folder] != nil { change(pair.folder, now: now) { $0.noteEnded(pair) } }
        case .tick: noteTime(now, into: &actions)
        }
        return actions
    }

    /// What is going on in each open batch, in natural order of their names.
    package func report(now: Duration) -> [BatchReport] {
        batches.values.map { $0.report(rules, now: now) }
            .sorted { ($0.name, $0.folder == .loose ? 0 : 1) < ($1.name, $1.folder == .loose ? 0 : 1) }
    }

    // MARK: Events

    private mutating func noteUnsettled(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = Place(path) else { return }
        guard place.role != .marker else { return noteMarker(place, isSettled: false, now: now) }
        change(place.batch, now: now) { $0.noteUnsettled(place, now: now, into: &actions) }
    }

    private mutating func noteSettled(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = Place(path) else { return }
        guard place.role != .marker else { return noteMarker(place, isSettled: true, now: now) }
        lastRevision += 1
        let revision = lastRevision
        change(place.batch, now: now) {
            $0.noteSettled(place, revision: revision, now: now, into: &actions)
        }
    }

    private mutating func noteMarker(_ place: Place, isSettled: Bool, now: Duration) {
        let home = place.namedBatch.map { namedMarkers.insert(place.path, stem: $0) } ?? place.batch
        change(home, now: now) { $0.noteMarker(place.path, isSettled: isSettled, now: now) }
    }

    private mutating func noteGone(_ path: FilePath, now: Duration, into actions: inout [InboxAction]) {
        guard let place = Place(path) else { return }
        let home = place.namedBatch.map(namedMarkers.target) ?? place.batch
        guard batches[home] != nil else { return }
        if let stem = place.namedBatch { namedMarkers.remove(path, stem: stem) }
        change(home, now: now) { batch in
            if place.role == .marker {
                _ = batch.removeMarker(path, now: now)
            } else {
                batch.noteGone(place, now: now, into: &actions)
            }
        }
    }

    private mutating func noteTime(_ now: Duration, into actions: inout [InboxAction]) {
        while let folder = deadlines.popDue(now: now) {
            guard let batch = batches[folder] else { continue }
            if batch.deferred.isEmpty {
                actions.append(.close(batch.closing()))
                forget(batch, now: now)
            } else {
                change(folder, now: now) { $0.startDeferred(into: &actions) }
            }
        }
    }

    // MARK: Batches

    /// Changes a batch in place, opening it before and forgetting it after where needed, and keeps the sums and deadlines.
    private mutating func change(_ folder: BatchFolder, now: Duration, _ body: (inout OpenBatch) -> Void) {
        let existed = batches[folder]?.hasOwnFiles ?? false
        underWay -= batches[folder]?.underWay ?? 0
        body(&batches[folder, default: OpenBatch(folder: folder)])
        underWay += batches[folder]?.underWay ?? 0
        let exists = batches[folder]?.hasOwnFiles ?? false
        if batches[folder]?.isEmpty == true { batches[folder] = nil }
        deadlines.set(batches[folder]?.deadline(rules), for: folder)
        if exists != existed { rehomeMarkers(of: folder, exists: exists, now: now) }
    }

    private mutating func forget(_ batch: OpenBatch, now: Duration) {
        for marker in batch.markers.keys {
            if let stem = Place(marker)?.namedBatch { namedMarkers.remove(marker, stem: stem) }
        }
        batches[batch.folder] = nil
        rehomeMarkers(of: batch.folder, exists: false, now: now)
    }

    /// `monday.batch` is for the folder monday/ while there is one, else for the loose files.
    private mutating func rehomeMarkers(of folder: BatchFolder, exists: Bool, now: Duration) {
        guard case .folder(let component) = folder else { return }
        for move in namedMarkers.noteFolder(component, exists: exists) {
            var moved: OpenBatch.Marker?
            change(move.from, now: now) { moved = $0.removeMarker(move.marker, now: now) }
            guard let moved else { continue }
            change(move.to, now: now) { $0.adopt(moved, at: move.marker, now: now) }
        }
    }
}
