package import SystemPackage

/// What is known of an open batch, for `status`.
package struct BatchReport: Sendable, Hashable {
    package let folder: BatchFolder
    package let name: Name
    package let hasMarker: Bool
    /// All files of the batch, markers and ignored ones included.
    package let files: Int
    /// Files that someone is still writing.
    package let unsettled: Int
    /// Items that wait for a file to settle or for quiet, that are wanted from the engine, and that have their outcome.
    package let waiting: Int
    package let rendering: Int
    package let ended: Int
    package let halves: [FilePath]
    /// Files that will only be archived with the batch: unknown endings and what nothing needs.
    package let others: [FilePath]
    /// Those of `others` that people may have meant otherwise, each with the reason.
    package let ignored: [IgnoredFile]
    package let waitsFor: Wait
    /// Until time alone starts its default pairs or closes it; nil where time alone does nothing.
    package let timeLeft: Duration?

    /// A file that does not do what its name says.
    package struct IgnoredFile: Sendable, Hashable {
        package let path: FilePath
        package let reason: String
    }
}

/// What keeps a batch from closing.
package enum Wait: Sendable, Hashable {
    /// Files of it are still being written.
    case copying(files: Int)
    /// It has a marker and nothing to deliver.
    case members
    /// All that is there is done or on its way, and no marker has come.
    case marker
    /// Items have no outcome yet.
    case videos(Int)
    /// Nothing but time.
    case quiet(Duration, afterMarker: Bool)

    /// A sentence after the batch's name.
    package var words: String {
        switch self {
        case .copying(1): "waits for 1 file that is still being copied"
        case .copying(let files): "waits for \(files) files that are still being copied"
        case .members: "has a marker, and waits for audio and avatar files"
        case .marker: "waits for a marker"
        case .videos(1): "waits for 1 video"
        case .videos(let count): "waits for \(count) videos"
        case .quiet(let duration, afterMarker: false): "waits until it has been quiet for \(seconds(duration)) s"
        case .quiet(let duration, afterMarker: true):
            "waits until it has been quiet for \(seconds(duration)) s because files changed after the marker"
        }
    }

    private func seconds(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }
}
