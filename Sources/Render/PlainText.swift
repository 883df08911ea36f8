/// Words from a process that may have been taken over by a media file, made fit for logs, terminals and spreadsheets.
enum PlainText {
    /// Without control and format characters (bidi overrides among them), cut to `limit` scalars.
    static func keep(_ text: String, limit: Int, lines: Bool = false) -> String {
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
}
