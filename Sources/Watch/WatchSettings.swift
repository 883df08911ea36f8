package import Disk
package import SystemPackage

/// How changes become known, how long a file must rest before it counts, and what isn't looked at.
package struct WatchSettings: Sendable {
    package enum Mode: Sendable {
        /// By the kind of the file system.
        case auto
        /// By events alone, whatever the file system, as long as the system gives any.
        case inotify
        /// By listing alone.
        case poll
    }

    package var mode = Mode.auto
    /// Time between two listings of what isn't told by events.
    package var poll: Duration = .seconds(10)
    /// Time between the two looks that must find the same signature; nil: by the kind of the file system.
    package var settle: Duration?
    /// Time between two looks through everything, for what the events didn't tell.
    package var rescan: Duration = .seconds(300)
    /// Time between two looks whether a watched folder that went away is back.
    package var retry: Duration = .seconds(10)
    /// Quiet that a file needs, by its path and its size in bytes, where that is longer than `settle`.
    package var minimumQuiet: @Sendable (_ path: FilePath, _ size: Int64) -> Duration = { _, _ in .zero }
    /// Folders at the top that are the service's own: neither looked into nor told of.
    package var ownFolders: Set<FilePath.Component> = [".heygem-watch", "_archive", "_failed"]
    /// Whether the service writes files of this name itself beside those of people: told of, but never looked into.
    package var isOwnFile: @Sendable (_ path: FilePath) -> Bool = { _ in false }
    /// What the kind of a file system is, for tests of those that aren't at hand.
    package var kind: @Sendable (Folder) throws(Errno) -> FileSystemKind = { folder throws(Errno) in
        try folder.fileSystem()
    }

    package init() {}

    func settle(on kind: FileSystemKind) -> Duration { settle ?? Self.standardSettle(on: kind) }
}

extension WatchSettings {
    /// Time between the two looks by the kind of the inbox's file system: on a local disk more than the pause that
    /// copying programs make between two writes; elsewhere longer than what is known of a file may be old: seconds with
    /// SMB and FUSE, up to 60 s with NFS (`acregmax`).
    package static func standardSettle(on kind: FileSystemKind) -> Duration {
        switch kind.locality {
        case .local, .layered: .seconds(2)
        case .shared, .host, .smb, .remote, .unknown: .seconds(15)
        case .nfs: .seconds(65)
        }
    }

    /// For how long a folder has to rest before its batch closes: 5 s on a local disk; elsewhere twice `settle`, for what
    /// others have copied becomes known so late.
    package static func standardFolderQuiet(on kind: FileSystemKind, settle: Duration) -> Duration {
        switch kind.locality {
        case .local, .layered: .seconds(5)
        default: settle * 2
        }
    }
}
