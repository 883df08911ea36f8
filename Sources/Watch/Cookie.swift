import Disk
import SystemPackage

/// A change of our own that an event has to tell of: whether events come at all.
///
/// Made in the service's own folder, which is watched meanwhile, and only when there is a reason to ask, for an idle
/// service writes nothing.
struct Cookie {
    enum State: Equatable {
        /// It is worth to ask: nobody did, or something has happened that makes it doubtful.
        case wanted
        case asked(until: Duration)
        /// Answered, one way or the other; or nothing could be written or watched there, and what is known of the file
        /// system has to do.
        case done
    }

    private static let folder: FilePath = ".heygem-watch"
    private static let name: FilePath.Component = "events"
    /// An event that takes longer does not come; of a local one it is known after a millisecond.
    static let patience = Duration.seconds(5)

    private(set) var state = State.wanted
    /// No event has come: everything has to be listed, until one does.
    private(set) var isDeaf = false
    private var watch: WatchID?

    var deadline: Duration? {
        guard case .asked(let deadline) = state else { return nil }
        return deadline
    }

    /// Asks again at the next occasion. One that nobody has answered yet isn't asked twice.
    mutating func doubt() {
        if deadline == nil { state = .wanted }
    }

    mutating func ask(in folder: Folder, _ stream: EventStream, now: Duration) {
        do {
            watch = try stream.addWatch(Self.folder, beneath: folder)
            state = .asked(until: now + Self.patience)
            try Self.change(folder)
        } catch {
            endWatch(stream)
            state = .done
        }
    }

    /// Whether this event is the answer.
    mutating func hears(_ event: FileEvent, _ stream: EventStream) -> Bool {
        guard let watch, event.watch == watch, event.name == Self.name else { return false }
        if deadline != nil { endWatch(stream) }
        (state, isDeaf) = (.done, false)
        return true
    }

    /// It has not been answered in time.
    mutating func giveUp(_ stream: EventStream) {
        endWatch(stream)
        (state, isDeaf) = (.done, true)
    }

    /// The number stays known, for a late answer.
    private func endWatch(_ stream: EventStream) {
        if let watch { stream.removeWatch(watch) }
    }

    private static func change(_ folder: Folder) throws(Errno) {
        let path = Self.folder.appending(name)
        do {
            _ = try folder.create(path, mode: 0o644)
        } catch Errno.fileExists {
            // of a service that was killed at this very point; its removal is a change as well
        }
        try folder.remove(path)
    }
}
