package import SystemPackage

/// A folder that people named isn't there, or isn't the one that it was: whatever needs it has to wait.
package struct RootAway: Error, Sendable, Hashable {
    package enum Cause: Sendable, Hashable {
        /// Nothing stands under the path.
        case gone
        /// A file stands there, or something else that isn't a folder.
        case notAFolder
        /// A folder without the id: the share is not mounted, or something was mounted over it.
        case another
        /// The service may not list or enter it.
        case unreadable
        /// The service may list it, and not write there.
        case unwritable
        /// Its file system takes no changes.
        case readOnly
        /// Another service holds it; who that is.
        case taken(by: String)
        /// Another service has taken it over from this one; who that is. It doesn't come back.
        case lost(to: String)
        /// A share that doesn't answer, a disk that fails.
        case failing(Errno)
    }

    package let path: FilePath
    package let cause: Cause

    package init(_ path: FilePath, _ cause: Cause) {
        (self.path, self.cause) = (path, cause)
    }

    /// - Parameter error: of looking at the folder itself.
    init(_ path: FilePath, _ error: Errno) {
        let cause: Cause =
            switch error {
            case .noSuchFileOrDirectory: .gone
            case .notDirectory, .tooManySymbolicLinkLevels: .notAFolder
            case .permissionDenied, .notPermitted: (try? path.checkListing()) == nil ? .unreadable : .unwritable
            case .readOnlyFileSystem: .readOnly
            default: .failing(error)
            }
        self.init(path, cause)
    }
}
