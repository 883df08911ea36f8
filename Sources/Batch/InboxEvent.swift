package import SystemPackage

/// What can happen to an inbox. Paths are relative to it.
package enum InboxEvent: Sendable, Hashable {
    /// A file is there and still being written (again). Said of a file that is being written already: it changed once more.
    case unsettled(FilePath)
    /// No one writes the file any more; its content counts as new.
    case settled(FilePath)
    /// The file is not there any more.
    case gone(FilePath)
    /// The render of this pair has its outcome, whichever.
    case ended(Pair)
    /// Time has passed. Only this starts default pairs and closes batches: see ``Inbox/nextDeadline``.
    case tick
}
