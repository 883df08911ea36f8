import Foundation
import Logging

extension LineLogHandler {
    /// What the log says once it can be written again.
    static func notice(of lost: LogFile.Lost) -> String {
        line(
            date: Date(), level: .warning, message: "the log could not be written",
            metadata: [
                "lines lost": "\(lost.lines)", "since": "\(lost.since.formatted(time))", "why": "\(lost.why)",
            ])
    }

    /// nil when it doesn't begin with a time.
    static func date(ofLine line: String) -> Date? {
        // “2025-12-19 14:20:07.123”
        try? time.parse(String(line.prefix(23)))
    }
}
