/// What an inbox wants done.
package enum InboxAction: Sendable, Hashable {
    /// This render is wanted now. The same pair may be wanted again after another pairing in between, and is to end again.
    case render(Pair)
    /// Nobody needs this render any more. It was wanted and has not ended.
    case endRender(Pair)
    /// The batch is frozen. Its files are forgotten here: what comes later under their paths opens the folder's next batch.
    case close(Closing)
}
