package import SystemPackage

/// What can happen to an inbox. Paths are relative to it.
package enum InboxEvent: Sendable, Hashable {
    /// A file is there and still being written (again). Said of a file that is being written already: it changed once more.
    case unsettled(FilePath)
    /// No one writes the file any more; its content counts as new. Of a marker, `items.csv` or `SHA256SUMS`: it says nothing.
    case settled(FilePath)
    /// A marker, `items.csv` or `SHA256SUMS` has settled, with what stands in it: see ``Inbox/manifestRole(of:patterns:)``.
    case read(FilePath, Manifest)
    /// A file is there with the content in which it was delivered already: it may be a partner of new files and counts for nothing else.
    case kept(FilePath)
    /// The file is not there any more.
    case gone(FilePath)
    /// A file that counts for nothing, but may be one that somebody still writes under another name, has changed: the
    /// folder of its batch is not quiet.
    case stirred(FilePath)
    /// The render of this pair has its outcome, whichever.
    case ended(Pair)
    /// The render of this pair has its outcome, which is that a file ends too early: final when nothing has come of it
    /// until then.
    case incomplete(Pair, file: FilePath, until: Duration)
    /// What was asked for with ``InboxAction/check(_:)``.
    case checked(FileCheck, FileCheck.Outcome)
    /// A person wants no more of an open batch: its renders end and it is held. Also said before any of its files are known.
    case cancelled(BatchFolder, by: String)
    /// A person wants a cancelled batch to go on.
    case resumed(BatchFolder)
    /// Time has passed. Only this starts default pairs, makes incomplete files final, closes batches and holds those whose `items.csv` or
    /// `SHA256SUMS` names missing files:
    /// see ``Inbox/nextDeadline``.
    case tick
}
