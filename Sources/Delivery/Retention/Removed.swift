/// What has been removed of one delivery.
package struct Removed: Hashable, Sendable {
    package var part: StoredPart
    /// The batch's id.
    package var batch: String
    package var files = 0
    package var bytes: Int64 = 0
    /// Files that stay, because we did not put them there, or somebody has changed them.
    package var left = 0
    /// The setting that wants it.
    package var key: String
}
