/// What goes by itself, and when; nil keeps it for ever.
package struct RetentionSettings: Hashable, Sendable {
    /// Of results in the outbox, since their delivery.
    package var keepResults: Duration?
    /// Of delivered inputs in `_archive`, since their delivery.
    package var keepArchive: Duration?
    /// Bytes of all of them.
    package var maxArchive: Int64?
    /// Of what the ledger knows of a delivered batch, since its last delivery.
    package var keepHistory: Duration?
    /// Bytes of the ledger.
    package var maxHistory: Int64?

    package init(
        keepResults: Duration? = nil, keepArchive: Duration? = nil, maxArchive: Int64? = nil,
        keepHistory: Duration? = nil, maxHistory: Int64? = nil
    ) {
        (self.keepResults, self.keepArchive, self.maxArchive) = (keepResults, keepArchive, maxArchive)
        (self.keepHistory, self.maxHistory) = (keepHistory, maxHistory)
    }

    /// Whether archives go by themselves.
    var limitsArchive: Bool { keepArchive != nil || maxArchive != nil }
    var limitsHistory: Bool { keepHistory != nil || maxHistory != nil }
}
