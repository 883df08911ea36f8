import Glibc

/// What happened to a name or to a watched folder; the bits are those of inotify(7).
package struct EventMask: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let created = EventMask(rawValue: UInt32(IN_CREATE))
    package static let modified = EventMask(rawValue: UInt32(IN_MODIFY))
    package static let attributes = EventMask(rawValue: UInt32(IN_ATTRIB))
    package static let closedAfterWriting = EventMask(rawValue: UInt32(IN_CLOSE_WRITE))
    package static let movedFrom = EventMask(rawValue: UInt32(IN_MOVED_FROM))
    package static let movedTo = EventMask(rawValue: UInt32(IN_MOVED_TO))
    package static let deleted = EventMask(rawValue: UInt32(IN_DELETE))
    /// The watched folder itself was removed.
    package static let selfDeleted = EventMask(rawValue: UInt32(IN_DELETE_SELF))
    /// The watched folder itself was renamed: paths made with its old name are stale.
    package static let selfMoved = EventMask(rawValue: UInt32(IN_MOVE_SELF))
    /// The file system of the watched folder was unmounted.
    package static let unmounted = EventMask(rawValue: UInt32(IN_UNMOUNT))
    /// The kernel has dropped the watch; the last event with its number.
    package static let watchEnded = EventMask(rawValue: UInt32(IN_IGNORED))
    /// The name is that of a folder.
    package static let folder = EventMask(rawValue: UInt32(IN_ISDIR))
    /// The kernel has lost events.
    package static let overflow = EventMask(rawValue: UInt32(IN_Q_OVERFLOW))

    /// All that can tell of a changed file: no single one of them comes with every way to bring a file in.
    static let everyChange: EventMask = [
        .created, .modified, .attributes, .closedAfterWriting, .movedFrom, .movedTo, .deleted, .selfDeleted, .selfMoved,
    ]
}
