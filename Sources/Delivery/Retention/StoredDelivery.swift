import Foundation

/// A delivery, as far as it matters for what of it may go.
struct StoredDelivery: Hashable, Sendable {
    var id: String
    var batch: String
    /// The first of those that repeat each other.
    var family: String
    /// Of several the first.
    var zip: String?
    var closedAt: Date
    /// nil before it stands in the outbox.
    var deliveredAt: Date?
    /// Nothing is left to do: all steps are done, and no input waits for being moved.
    var isAtRest: Bool
    /// Its files in the outbox have not been removed by us.
    var hasResults: Bool
    /// Bytes of its inputs in `_archive`; nil when there are none, or they have been removed.
    var archived: Int64?
}
