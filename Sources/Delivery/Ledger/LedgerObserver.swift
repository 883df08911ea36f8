/// The seam of the kill tests: told of every commit before it is made.
package protocol LedgerObserver: Sendable {
    /// - Parameter change: what would be committed, in a few words.
    /// - Throws: whatever is to happen in place of the commit; nothing of it is kept then.
    func willCommit(_ change: String) throws
}
