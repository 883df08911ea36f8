/// Words that came from elsewhere (names of files, tags, what a worker or a library says), made fit for terminals, logs
/// and tables: nothing in them may move the cursor, change a colour, begin a line of its own or turn the direction of
/// writing around.
package enum PlainText {
    /// One line: each character that is none to be seen becomes a question mark, so that a name stays known.
    package static func line(_ text: String) -> String { replaced(text) { _ in true } }

    /// The same for texts of several lines: their ends and tabs stay.
    package static func lines(_ text: String) -> String { replaced(text) { $0 != "\n" && $0 != "\t" } }

    /// JSON that says the same: what could do harm in a terminal is written as `\uXXXX`.
    ///
    /// - Parameter text: JSON, where such characters can only stand in strings; its own line ends stay.
    package static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && $0.isControlOrBidi }) else { return text }
        return text.unicodeScalars.reduce(into: "") { json, scalar in
            guard scalar != "\n", scalar.isControlOrBidi else { return json.unicodeScalars.append(scalar) }
            // all of them lie in the first plane
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    /// For what a process says that a media file may have taken over: also without other characters that nobody sees,
    /// cut to `limit` scalars.
    package static func keep(_ text: String, limit: Int, lines: Bool = false) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control where lines && (scalar == "\n" || scalar == "\t"): kept.append(scalar)
            case .control: kept.append(" ")
            case .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    private static func replaced(_ text: String, where isMeant: (Unicode.Scalar) -> Bool) -> String {
        func isBad(_ scalar: Unicode.Scalar) -> Bool { scalar.isControlOrBidi && isMeant(scalar) }
        guard text.unicodeScalars.contains(where: isBad) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isBad($0) ? "?" : $0 }))
    }
}

extension Unicode.Scalar {
    /// Control characters, line and paragraph separators, and what turns the direction of writing around.
    package var isControlOrBidi: Bool {
        switch value {
        case 0x20...0x7E: false
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default:
            switch properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }
}
