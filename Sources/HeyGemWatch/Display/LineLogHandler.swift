import Foundation
import Logging
import Words

/// One line an event: on the console, and in the log file where there is one.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    private let console: Console
    private let file: LogFile?

    init(level: Logger.Level, console: Console, file: LogFile?) {
        logLevel = level
        self.console = console
        self.file = file
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let line = Self.line(
            date: Date(), level: event.level, message: event.message,
            metadata: metadata.merging(event.metadata ?? [:]) { $1 })
        console.line(line)
        file?.write(line)
    }

    /// Local, as all times that people see.
    static let time = Date.ISO8601FormatStyle(
        dateSeparator: .dash, dateTimeSeparator: .space, timeZone: .current
    )
    .year().month().day().time(includingFractionalSeconds: true)

    static func line(date: Date, level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata) -> String {
        let time = date.formatted(Self.time)
        let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }
        // what comes from a file's name must not begin a line of its own
        return PlainText.line("\(time) \(level.rawValue.uppercased()) \(message)\(pairs.joined())")
    }

    private static func quoted(_ text: String) -> String {
        text.contains(" ") || text.isEmpty ? "\"\(text)\"" : text
    }
}
