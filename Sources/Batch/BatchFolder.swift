package import SystemPackage

/// What a batch is collected from.
package enum BatchFolder: Hashable, Sendable {
    /// A first-level folder of the inbox, with all below it.
    case folder(FilePath.Component)
    /// The files at the inbox's top level.
    case loose

    /// The loose files first, then byte order.
    func precedes(_ other: BatchFolder) -> Bool {
        switch (self, other) {
        case (.folder(let mine), .folder(let theirs)): mine.precedes(theirs)
        case (.loose, .folder): true
        case (_, .loose): false
        }
    }
}
