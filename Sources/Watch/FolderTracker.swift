package import Disk
package import SystemPackage

/// Follows one folder with everything below it: turns events, scans and the passing of time into `WatchEvent`s.
///
/// Synchronous, and told the time by its caller. An event is only a hint where to look: what counts is what stands
/// there when it is looked at, so lost, doubled and stale events do no harm.
package struct FolderTracker {
    let folder: Folder
    let stream: EventStream
    let ownFolders: Set<FilePath.Component>
    let isOwnFile: @Sendable (FilePath) -> Bool
    let root: FileStatus
    var machine: SettleMachine
    var watches = WatchTable()
    /// What was told to be ignored.
    var ignored: Set<FilePath> = []
    /// Folders that couldn't be listed: what is below them is kept as it was.
    var unreachable: Set<FilePath> = []
    var isOutOfWatches = false
    /// The troubles that were told and aren't over.
    var troubles: Set<WatchTrouble> = []
    var output: [WatchEvent] = []

    /// Whether everything has to be looked at anew, because events were lost or the folder went away.
    package internal(set) var needsRescan = true
    /// Whether the watched folder stands where it did. While it doesn't, nothing is looked at and nothing forgotten.
    package internal(set) var isPresent = true

    package init(folder: Folder, stream: EventStream, settings: WatchSettings) throws(Errno) {
        self.folder = folder
        self.stream = stream
        ownFolders = settings.ownFolders
        isOwnFile = settings.isOwnFile
        root = try folder.status(of: "")
        machine = SettleMachine(settle: settings.settle, minimumQuiet: settings.minimumQuiet)
    }

    /// When `settle` has something to do, at the latest.
    package var nextDeadline: Duration? { isPresent ? machine.nextDeadline : nil }

    /// What there is to tell since the last time.
    package mutating func takeEvents() -> [WatchEvent] {
        defer { output = [] }
        return output
    }

    /// Looks at everything that the events point to.
    package mutating func handle(_ batch: EventBatch, now: Duration) {
        if batch.isOverflowed { needsRescan = true }
        var lostFolders: Set<FilePath> = []
        for event in batch.events {
            // events of a watch that has been given up may still come
            guard isPresent, let name = event.name, let place = watches.path(of: event.watch) else { continue }
            let path = place.appending(name)
            if isIgnoredByName(name, at: path) {
                if isGone(path) { tellIgnoredGone(path) }
            } else {
                look(at: path, because: event.mask, lostFolders: &lostFolders, now: now)
            }
        }
        forget(below: lostFolders)
        // after the names: these may end the watches that tell where the names are
        for event in batch.events where event.name == nil { handleWatchItself(event) }
    }

    /// Looks at the files whose quiet time is over.
    package mutating func settle(now: Duration) {
        guard isPresent, let deadline = machine.nextDeadline, deadline <= now, hasRoot() else { return }
        for path in machine.due(now: now) {
            tell(inspect(path, now: now))
        }
    }

    private mutating func inspect(_ path: FilePath, now: Duration) -> WatchEvent? {
        do {
            let file: OpenFile
            do {
                file = try folder.open(path)
            } catch Errno.permissionDenied {
                // not ours to read: whoever needs it will say so; the signature alone has to do
                let status = try folder.status(of: path)
                return machine.inspected(path, .file(status.signature, hasWriter: nil), now: now)
            }
            // in this order: what a last writer did before it left shows in the signature
            let hasWriter = file.isOpenForWritingElsewhere()
            let signature = try file.status().signature
            return machine.inspected(path, .file(signature, hasWriter: hasWriter), now: now)
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.invalidArgument,
            Errno.tooManySymbolicLinkLevels
        {
            // gone, or something else stands there now, of which an event or the next scan tells
            return machine.lost(path)
        } catch {
            return machine.inspected(path, .unknown, now: now)
        }
    }

    private mutating func look(
        at path: FilePath, because mask: EventMask, lostFolders: inout Set<FilePath>, now: Duration
    ) {
        let wasFolder = mask.contains(.folder) || watches.watch(of: path) != nil
        guard let status = try? folder.status(of: path) else {
            // what can't be looked at for another reason is kept, and the next scan looks again
            guard isGone(path) else { return }
            if wasFolder { lostFolders.insert(path) }
            tell(machine.lost(path))
            tellIgnoredGone(path)
            return
        }
        if wasFolder, status.kind != .folder { lostFolders.insert(path) }
        switch status.kind {
        case .regular:
            ignored.remove(path)
            tell(machine.saw(path, status.signature, by: .event, now: now))
        case .folder: adopt(path, now: now)
        case .symlink: ignore(path, because: .symlink)
        case .other: ignore(path, because: .special)
        }
    }

    private mutating func handleWatchItself(_ event: FileEvent) {
        guard let place = watches.path(of: event.watch) else { return }
        // a folder below is told of by its parent too; the root has none
        if place.isEmpty, !event.mask.isDisjoint(with: [.selfDeleted, .selfMoved, .unmounted, .watchEnded]) {
            needsRescan = true
        }
        if event.mask.contains(.watchEnded) { watches.remove(event.watch) }
    }
}
