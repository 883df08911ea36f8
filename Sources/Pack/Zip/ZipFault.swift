package import Words

/// One thing that is wrong with an archive.
package struct ZipFault: Hashable, Sendable {
    /// The name of the entry that it is about; nil for the archive as a whole.
    package var entry: String?
    /// Follows the entry's name, or “it”.
    package var what: Phrase

    init(_ what: Phrase, entry: String? = nil) {
        self.entry = entry
        self.what = what
    }

    /// In English, as `ZipProblem.damaged` tells it.
    var sentence: String { entry.map { "“\($0)”: \(what.en)" } ?? what.en }
}
