package import SystemPackage
package import Words

/// What is known of an open batch, for `status`.
package struct BatchReport: Sendable, Hashable {
    package let folder: BatchFolder
    package let name: Name
    package let hasMarker: Bool
    /// The marker's title.
    package let title: String?
    /// What holds it: it does not close before all of these are mended.
    package let problems: [Problem]
    /// How many items its marker expects.
    package let expect: Expectation?
    /// All files of the batch, markers and ignored ones included.
    package let files: Int
    /// Files that someone is still writing.
    package let unsettled: Int
    /// Items that wait for a file to settle or for quiet, that are wanted from the engine, and that have their outcome.
    package let waiting: Int
    package let rendering: Int
    package let ended: Int
    /// The first files that are not as `SHA256SUMS` says, and how many there are in all.
    package let unproven: [Unproven]
    package let unprovenCount: Int
    /// Files that end too early, of which more may come until then, on the clock of `now`.
    package let incomplete: [Incomplete]
    /// Audios and avatars without a partner.
    package let halves: FileSample
    /// Files of a kind that can't be used.
    package let foreign: FileSample
    /// Files that will only be archived with the batch: unknown endings and what nothing needs.
    package let others: FileSample
    /// Those of `others` that people may have meant otherwise, each with the reason.
    package let ignored: [IgnoredFile]
    package let waitsFor: Wait
    /// Until time alone starts its default pairs or closes it; nil where time alone does nothing.
    package let timeLeft: Duration?

    /// A file that does not do what its name says.
    package struct IgnoredFile: Sendable, Hashable {
        package let path: FilePath
        package let reason: Phrase
    }

    /// A file that is not as `SHA256SUMS` says.
    package struct Unproven: Sendable, Hashable {
        package enum State: Sendable, Hashable { case missing, differs, unreadable }

        /// Of the list, from 1.
        package let line: Int
        /// As the list calls it.
        package let name: String
        package let state: State

        /// What follows its name.
        package var words: Phrase {
            switch state {
            case .missing: Phrase("is not there", zh: "不存在")
            case .differs: Phrase("has other content", zh: "内容不同")
            case .unreadable: Phrase("can't be read now", zh: "暂时无法读取")
            }
        }
    }

    package struct Incomplete: Sendable, Hashable {
        package let pair: Pair
        package let file: FilePath
        package let until: Duration
    }

    package struct Expectation: Sendable, Hashable {
        package let wanted: Int
        /// Items that have their outcome.
        package let ended: Int
    }

    package var isHeld: Bool { !problems.isEmpty }
}
