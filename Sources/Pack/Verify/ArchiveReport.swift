package import Words

/// What `verify` found out about a ZIP.
package struct ArchiveReport: Sendable {
    package enum Verdict: String, Sendable {
        /// All of it is there.
        case sound
        case damaged
        /// A ZIP of another program: there is nothing to check it against.
        case foreign
        case noZip = "no_zip"
    }

    /// What became of a file that belongs to the ZIP and lies beside it.
    package enum Companion: String, Sendable {
        case agrees, differs, missing
    }

    /// A row of `metadata.csv` that has a video, or should have one.
    package struct Item: Sendable {
        package var name: String
        /// Its name in the ZIP; empty when the row has none.
        package var video: String
        /// About its video: “it is missing in the ZIP”.
        package var problems: [Phrase]
    }

    package var verdict: Verdict
    /// Of the whole archive.
    package var bytes: Int64
    package var sha256: String
    package var items: [Item] = []
    /// Rows that never had a video: rejected, failed and unpaired ones.
    package var rowsWithoutVideo = 0
    /// About the archive as a whole.
    package var problems: [Phrase] = []
    package var checksumFile = Companion.missing
    package var table = Companion.missing
}
