import Words

/// One thing that `check` has tried: what was done, how it went, and how to mend it.
struct Finding: Sendable {
    enum Grade: String, Sendable {
        case ok, warning, problem
        /// Not tried, since it needs what has failed before.
        case skipped
    }

    /// Stable, for programs: `inbox.write`.
    var id: String
    var grade: Grade
    var done: Phrase
    var mend: Phrase?

    static func ok(_ id: String, _ done: Phrase) -> Finding { Finding(id: id, grade: .ok, done: done) }

    /// It works, but not as well as it could.
    static func warning(_ id: String, _ done: Phrase, mend: Phrase) -> Finding {
        Finding(id: id, grade: .warning, done: done, mend: mend)
    }

    /// - Parameter what: could only fail for the same reason as what was told before.
    static func skipped(_ id: String, _ what: Phrase) -> Finding {
        Finding(
            id: id, grade: .skipped, done: Phrase("\(what.en): not tried (see above)", zh: "\(what.zh)：未检查（见上文）"))
    }

    /// The service can't do its work like this.
    static func problem(_ id: String, _ done: Phrase, mend: Phrase) -> Finding {
        Finding(id: id, grade: .problem, done: done, mend: mend)
    }
}
