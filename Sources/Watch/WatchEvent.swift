package import Disk
package import SystemPackage

/// What the watcher tells. Paths are relative to the watched folder.
package enum WatchEvent: Sendable, Hashable {
    /// A file is there and is watched for quiet; again when a settled file has changed.
    case unsettled(FilePath)
    /// Nobody writes the file any more; this is its content's signature. Once for each signature.
    case settled(FilePath, FileSignature)
    case gone(FilePath)
    /// Something that is never looked into, once while it is there.
    case ignored(FilePath, Ignored)
    /// An ignored file that may be one which somebody still writes under another name has changed.
    case stirred(FilePath)
    /// The first scan has listed everything: all that was there has been told before this, and nothing is settled
    /// before it.
    case scanned
    /// How changes become known from here on, and the file system's name; again when that changes.
    case watching(Watching, fileSystem: String)
    /// Something is wrong that a person may have to mend; told once until it is over.
    case trouble(WatchTrouble)
    case troubleOver(WatchTrouble)
}

/// How changes in the inbox become known; the words are those of `status --json`.
package enum Watching: String, Sendable, Hashable {
    case events
    case polling
    /// Listed again and again, and what events tell is known sooner.
    case both = "events and polling"
}

/// What keeps the watcher from seeing everything, at once or at all.
package enum WatchTrouble: Sendable, Hashable {
    /// The watched folder is away. Nothing is forgotten meanwhile. Told anew, without an end in between, when it is away
    /// for another reason; its end is told after all that has changed meanwhile.
    case missing(RootAway)
    /// The service may not list this folder.
    case unreadable(FilePath)
    /// What was mounted at this folder below isn't any more. Nothing that was in it is forgotten until it is mounted
    /// again, or the folder is gone too.
    case unmounted(FilePath)
    /// One user may not watch more folders on this system: the others are listed every so often.
    case tooManyFolders(poll: Duration)
    /// One user may not have more watchers on this system: everything is listed every so often.
    case tooManyWatchers(poll: Duration)
    /// The system tells nothing of a change, or has no events at all: everything is listed every so often.
    case noEvents(fileSystem: String, poll: Duration)
}

/// Why something in the inbox isn't looked into.
package enum Ignored: String, Sendable, Hashable {
    /// A name starting with a dot.
    case hidden
    /// A name that a program gives to a file which it is still writing.
    case temporary
    /// A name that a system or a NAS makes for itself.
    case junk
    case symlink
    /// A FIFO, a device or a socket.
    case special
    /// A name that the service itself writes.
    case own
}
