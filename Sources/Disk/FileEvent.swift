package import SystemPackage

/// The number of a watched folder; never used again by its stream.
package struct WatchID: Hashable, Sendable {
    let number: Int32
}

/// Something happened to a name in a watched folder, or to the folder itself.
package struct FileEvent: Hashable, Sendable {
    package var watch: WatchID
    /// All that has happened to it since the last batch.
    package var mask: EventMask
    /// nil: the watched folder itself.
    package var name: FilePath.Component?

    package init(watch: WatchID, mask: EventMask, name: FilePath.Component?) {
        (self.watch, self.mask, self.name) = (watch, mask, name)
    }
}

/// What has happened since the last batch, once for each name, in no particular order.
package struct EventBatch: Sendable {
    package var events: [FileEvent]
    /// Events were lost: everything has to be looked at.
    package var isOverflowed: Bool

    package init(events: [FileEvent] = [], isOverflowed: Bool = false) {
        self.events = events
        self.isOverflowed = isOverflowed
    }

    package var isEmpty: Bool { events.isEmpty && !isOverflowed }
}
