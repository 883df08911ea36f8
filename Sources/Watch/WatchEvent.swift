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
    /// The first scan has listed everything: all that was there has been told before this, and nothing is settled
    /// before it.
    case scanned
    /// Something is wrong that a person may have to mend; told once until it is over.
    case trouble(WatchTrouble)
    case troubleOver(WatchTrouble)
}

/// What keeps the watcher from seeing everything.
package enum WatchTrouble: Sendable, Hashable {
    /// The watched folder is gone, or something else stands in its place. Nothing is forgotten meanwhile.
    case missing(FilePath)
    /// The service may not list this folder.
    case unreadable(FilePath)
    /// One user may not watch more folders on this system: changes in the others are noticed by the next scan only.
    case tooManyFolders
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
