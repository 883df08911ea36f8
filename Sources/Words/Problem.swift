/// What went wrong: a stable code for programs, and what its sentence is to name.
///
/// It is kept as this and put into words only when somebody reads it, in the language that is set then.
package struct Problem: Error, Hashable, Sendable, Codable {
    package var reason: Reason
    /// By the places in the reason's sentence: `["file": …]` for “{file} is empty.”
    package var values: [String: Phrase]

    package init(_ reason: Reason, _ values: [String: Phrase] = [:]) {
        self.reason = reason
        self.values = values
    }

    /// With the file that it is about.
    package init(_ reason: Reason, file: String, _ values: [String: Phrase] = [:]) {
        self.init(reason, values.merging(["file": Phrase(verbatim: file)]) { $1 })
    }

    /// What happened, and what to do next.
    package func text(_ language: Language) -> String {
        var text = ""
        var rest = reason.sentence.text(language)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            text += values[String(rest[rest.index(after: open)..<close])]?.text(language) ?? "…"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    package var phrase: Phrase { Phrase(text(.en), zh: text(.zh)) }

    /// In English, for logs of programs and for tests.
    package var message: String { text(.en) }
}
