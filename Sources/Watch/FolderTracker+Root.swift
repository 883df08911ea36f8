import Disk
import SystemPackage

/// The folder itself, as it goes and comes, and how changes become known there.
extension FolderTracker {
    /// The folder, if it stands under its path; says so when that has changed.
    mutating func standingFolder() -> Folder? {
        do throws(RootAway) {
            let standing = try root.folder()
            if standing !== folder { enter(standing) }
        } catch {
            leave(because: error)
        }
        return folder
    }

    private mutating func enter(_ standing: Folder) {
        giveWatchesUp()
        setTrouble(false, noEvents)
        folder = standing
        kind = try? settings.kind(standing)
        if let kind { machine.settle = settings.settle(on: kind) }
        cookie = Cookie()
        needsRescan = true
    }

    /// After all that has changed meanwhile has been told: whoever waits for the folder has to know that first.
    mutating func tellPresent() {
        if let away { setTrouble(false, .missing(away)) }
        away = nil
    }

    /// Holds nothing of it any more, so that its file system can be unmounted.
    private mutating func leave(because reason: RootAway) {
        giveWatchesUp()
        folder = nil
        needsRescan = true
        guard reason != away else { return }
        if let away { troubles.remove(.missing(away)) }
        away = reason
        setTrouble(true, .missing(reason))
    }

    private mutating func giveWatchesUp() {
        for watch in watches.removeAll(where: { _ in true }) { stream.removeWatch(watch) }
        unwatched = []
    }

    // MARK: How changes become known

    /// What is wanted, before it is known whether events come.
    private var way: FileSystemKind.Way {
        switch settings.mode {
        case .auto: kind?.way ?? .both
        case .inotify: .events
        case .poll: .polling
        }
    }

    var usesEvents: Bool { way != .polling && stream.isOpen }

    private var isEverythingPolled: Bool { way != .events || !stream.isOpen || cookie.isDeaf }

    /// What has to be listed again and again, with all below; the empty path is everything.
    var polled: Set<FilePath> {
        if isEverythingPolled { return [FilePath()] }
        let places = unwatched.union(mounts.keys)
        return places.filter { !$0.isEmpty && !Self.isBelow($0.removingLastComponent(), places) }
            .union(places.contains(FilePath()) ? [FilePath()] : [])
    }

    /// Whether `poll` has something to do.
    package var needsPolls: Bool { isPresent && (isEverythingPolled || !unwatched.isEmpty || !mounts.isEmpty) }

    /// Opens what tells events, where they are of use; says what is missing.
    mutating func openStream() {
        guard way != .polling else { return }
        var error: Errno?
        do throws(Errno) { try stream.open() } catch let failure { error = failure }
        let isLimit = error == .tooManyOpenFiles || error == .tooManyOpenFilesInSystem
        setTrouble(isLimit, .tooManyWatchers(poll: settings.poll))
        setTrouble((error != nil && !isLimit) || isDeafWhereHeard, noEvents)
    }

    /// Tells how changes become known, when that has changed.
    mutating func tellWatching() {
        let hears = usesEvents && !cookie.isDeaf
        let now: Watching = !hears ? .polling : needsPolls ? .both : .events
        guard isPresent, now != watching else { return }
        watching = now
        tell(.watching(now, fileSystem: kind?.name ?? "unknown"))
    }

    // MARK: Whether events come

    /// Whether an event is awaited that tells whether any come.
    package var isAsking: Bool { cookie.deadline != nil }

    /// Asks, where that is in doubt.
    mutating func ask(in folder: Folder, now: Duration) {
        guard usesEvents, cookie.state == .wanted else { return }
        cookie.ask(in: folder, stream, now: now)
    }

    mutating func hearsCookie(_ event: FileEvent) -> Bool {
        guard cookie.hears(event, stream) else { return false }
        setTrouble(false, noEvents)
        tellWatching()
        return true
    }

    mutating func giveCookieUp(now: Duration) {
        guard let deadline = cookie.deadline, deadline <= now else { return }
        cookie.giveUp(stream)
        setTrouble(isDeafWhereHeard, noEvents)
        tellWatching()
    }

    /// Where everything is listed anyway nobody misses them.
    private var isDeafWhereHeard: Bool { cookie.isDeaf && way == .events }

    private var noEvents: WatchTrouble { .noEvents(fileSystem: kind?.name ?? "unknown", poll: settings.poll) }
}
