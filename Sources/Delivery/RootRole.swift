/// What a root is to the service.
package enum RootRole: String, Sendable, Hashable, CaseIterable {
    case inbox, outbox
}
