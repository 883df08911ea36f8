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
    /// Something is wrong that a person may have to mend, in words for a user; told once until it is over.
    case trouble(String)
    /// What this trouble told of is over; the same words.
    case troubleOver(String)
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
}
