package import Disk
package import SystemPackage

/// Follows one folder with everything below it: turns events, listings and the passing of time into `WatchEvent`s.
///
/// Synchronous, and told the time by its caller. An event is only a hint where to look: what counts is what stands
/// there when it is looked at, so lost, doubled and stale events do no harm.
package struct FolderTracker {
    let root: Root
    let stream: EventStream
    let settings: WatchSettings
    var machine: SettleMachine
    /// The folder as it stands there; nil while it doesn't. Nothing is looked at then, and nothing forgotten.
    var folder: Folder?
    var kind: FileSystemKind?
    var watches = WatchTable()
    /// Folders for which there was no watch left.
    var unwatched: Set<FilePath> = []
    /// Where something is mounted below.
    var mounted: Set<FilePath> = []
    /// Where something was mounted below that isn't any more: what was in it is kept as it was.
    var unmounted: Set<FilePath> = []
    /// What is mounted below and doesn't tell all by events.
    var mounts: [FilePath: FileSystemKind] = [:]
    var cookie = Cookie()
    /// What was told to be ignored.
    var ignored: Set<FilePath> = []
    /// Of the ignored, files that may be somebody's work.
    var stirring: [FilePath: Stirring] = [:]
    /// Folders that couldn't be listed: what is below them is kept as it was.
    var unreachable: Set<FilePath> = []
    /// The troubles that were told and aren't over.
    var troubles: Set<WatchTrouble> = []
    /// Why it is away, until its return has been told.
    var away: RootAway?
    var watching: Watching?
    var output: [WatchEvent] = []

    /// Whether everything has to be looked at anew, because events were lost or the folder went away.
    package internal(set) var needsRescan = true

    /// - Parameter stream: opened by the tracker, where events are of use.
    package init(root: Root, stream: EventStream, settings: WatchSettings) {
        (self.root, self.stream, self.settings) = (root, stream, settings)
        machine = SettleMachine(minimumQuiet: settings.minimumQuiet)
    }

    /// Whether the watched folder stands where it did, and that has been told.
    package var isPresent: Bool { folder != nil && away == nil }

    /// When `settle` has something to do, at the latest.
    package var nextDeadline: Duration? {
        guard isPresent else { return nil }
        return [machine.nextDeadline, cookie.deadline].compactMap(\.self).min()
    }

    /// What there is to tell since the last time.
    package mutating func takeEvents() -> [WatchEvent] {
        defer { output = [] }
        return output
    }

    /// From here on these files, and no others, need a short quiet only.
    package mutating func hurry(_ paths: Set<FilePath>, now: Duration) { machine.hurry(paths, now: now) }

    /// Looks at everything that the events point to.
    package mutating func handle(_ batch: EventBatch, now: Duration) {
        if batch.isOverflowed {
            needsRescan = true
            cookie.doubt()
        }
        var lostFolders: Set<FilePath> = []
        for event in batch.events {
            // events of a watch that has been given up may still come
            guard isPresent, let name = event.name, !hearsCookie(event), let place = watches.path(of: event.watch)
            else { continue }
            let path = place.appending(name)
            if isIgnoredByName(name, at: path) {
                if isGone(path) { tellIgnoredGone(path) } else { lookForStirring(at: path, now: now) }
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
        guard let deadline = nextDeadline, deadline <= now, let folder = standingFolder() else { return }
        for path in machine.due(now: now) { tell(inspect(path, in: folder, now: now)) }
        giveCookieUp(now: now)
    }

    private mutating func inspect(_ path: FilePath, in folder: Folder, now: Duration) -> WatchEvent? {
        guard !isUnmounted(path) else { return machine.inspected(path, .unknown, now: now) }
        do {
            let file: OpenFile
            do {
                // over NFS the server is asked at each opening only (close-to-open): the look before may be old
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
            // something else that stands there now is told of by an event or the next scan
            return hasLostItsMount(path) ? machine.inspected(path, .unknown, now: now) : machine.lost(path)
        } catch {
            return machine.inspected(path, .unknown, now: now)
        }
    }

    private mutating func look(
        at path: FilePath, because mask: EventMask, lostFolders: inout Set<FilePath>, now: Duration
    ) {
        let wasFolder = mask.contains(.folder) || watches.watch(of: path) != nil || unwatched.contains(path)
        guard let status = try? folder?.status(of: path) else {
            // what can't be looked at for another reason is kept, and the next scan looks again
            guard isGone(path), !hasLostItsMount(path) else { return }
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
            cookie.doubt()
        }
        if event.mask.contains(.unmounted) { needsRescan = true }
        if event.mask.contains(.watchEnded) { watches.remove(event.watch) }
    }
}
