package import SystemPackage

/// Whether a file that `SHA256SUMS` lists has the content that stands there.
package struct FileCheck: Sendable, Hashable {
    /// Relative to the inbox.
    package let path: FilePath
    /// Number of the content that is to be looked at.
    package let revision: UInt64
    /// That it has to have: 64 lower-case hexadecimal digits.
    package let sha256: String

    package enum Outcome: Sendable, Hashable {
        case matches
        case differs
        /// It can't be read for now; another outcome of the same check may follow.
        case unreadable
    }
}
