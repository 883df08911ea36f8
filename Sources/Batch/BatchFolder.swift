package import SystemPackage

/// What a batch is collected from.
package enum BatchFolder: Hashable, Sendable {
    /// A first-level folder of the inbox, with all below it.
    case folder(FilePath.Component)
    /// The files at the inbox's top level.
    case loose
}
