package import Foundation

/// One line of the audit log: who did what, and when.
package struct AuditEntry: Codable, Hashable, Sendable {
    package enum Event: String, Codable, Sendable {
        /// A batch was frozen; `files` and `bytes` are those that were dropped.
        case closed
        /// CSV and ZIPs stand in the outbox; `files` is the number of videos, `bytes` the size of all ZIPs.
        case delivered
        /// The inputs are where they belong; `files` is the number of those that were moved or deleted.
        case archived
        /// Inputs that could not be moved at first have been.
        case moved
        /// Somebody asked for another try; `first` names the delivery that it repeats.
        case retried
        case cancelled, resumed
        /// Results or archived inputs were removed because they are kept no longer; `detail` says which.
        case removed
        /// The ledger does not know so many batches any more.
        case forgotten
    }

    package var at: Date
    package var event: Event
    /// The id of the batch, or its name while it is open.
    package var batch: String
    /// The marker's operator, else the owner of the marker or of the first audio; of commands the one who gave it.
    package var who: String?
    package var files: Int?
    package var bytes: Int64?
    /// The name of the ZIP; of several that of the first.
    package var zip: String?
    /// Of the ZIP: 64 lower-case hexadecimal digits; of several those of each, in their order, with a blank between.
    package var sha256: String?
    /// Of a retry: the ZIP of the first delivery.
    package var first: String?
    /// What more there is to say, in a few words.
    package var detail: String

    package init(at: Date, event: Event, batch: String, who: String? = nil, detail: String = "") {
        (self.at, self.event, self.batch, self.who, self.detail) = (at, event, batch, who, detail)
    }
}
