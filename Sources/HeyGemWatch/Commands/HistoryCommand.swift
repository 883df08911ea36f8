import ArgumentParser
import Delivery
import Foundation

/// Deliveries and the audit log: who, what, when, how many files and bytes.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tells what was delivered and what people asked for: who, what, when, files, bytes, ZIP, SHA-256.",
        discussion: "The newest comes first. Works while the service runs, and when it does not.")

    @OptionGroup var options: CommonOptions

    @Option(help: ArgumentHelp("So many entries at most.", valueName: "number"))
    var limit = 100

    @Flag(help: "Only deliveries.")
    var deliveries = false

    @Flag(help: "For programs.")
    var json = false

    @Flag(help: "For spreadsheets.")
    var csv = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit has to be at least 1.") }
        guard !(json && csv) else { throw ValidationError("Give --json or --csv, not both.") }
    }

    func run() async throws {
        let settings = try options.settings()
        let entries = try await StateFolder(settings).withLedger { ledger in
            // deliveries are a third of all entries, more or less: so the filter can't stand in the query's limit
            try await ledger.history(limit: deliveries ? .max : limit)
        }
        let wanted = deliveries ? Array(entries.filter { $0.event == .delivered }.prefix(limit)) : entries
        let text = HistoryText(entries: wanted, timeZone: .current, language: settings.spokenLanguage)
        if json {
            print(try text.json())
        } else if csv {
            FileHandle.standardOutput.write(Data(text.csv))
        } else {
            print(text.table)
        }
    }
}
