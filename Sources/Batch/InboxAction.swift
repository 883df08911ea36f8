package import SystemPackage
package import Words

/// What an inbox wants done.
package enum InboxAction: Sendable, Hashable {
    /// This render is wanted now. The same pair may be wanted again after another pairing in between, and is to end again.
    case render(Pair)
    /// Nobody needs this render any more. It was wanted and has not ended.
    case endRender(Pair)
    /// A list names this file, which has settled: say whether it matches. Of a content that is not there any more nothing need be said.
    case check(FileCheck)
    /// The files that the list of a batch names, wherever they are; empty without a list. They need no long quiet, for they are compared.
    case hurry(BatchFolder, Set<FilePath>)
    /// What holds a batch with these markers is another thing now: tell it beside each of them. Without problems nothing holds it any more,
    /// or the last marker is gone. Later ones of a batch replace earlier ones, also for markers that are not named any more.
    case hold(BatchFolder, markers: [FilePath], problems: [Problem])
    /// The last file of a cancelled batch has gone, and with it what was cancelled.
    case forgetCancelled(BatchFolder)
    /// The batch is frozen. Its files are forgotten here: what comes later under their paths opens the folder's next batch.
    case close(Closing)
}
