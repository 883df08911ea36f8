import Disk
import SystemPackage

/// Ignored files that change: rsync, Syncthing, browsers and others write under such a name and rename at the end, so
/// their folder is not quiet while one of them grows.
extension FolderTracker {
    mutating func lookForStirring(at path: FilePath, now: Duration) {
        guard let name = path.lastComponent, Stirring.isOfUse(name) else { return }
        noteStirring(path, try? folder?.status(of: path), now: now)
    }

    /// - Parameter status: nil where it can't be looked at.
    mutating func noteStirring(_ path: FilePath, _ status: FileStatus?, now: Duration) {
        guard let status, status.kind == .regular, ignored.contains(path) else { return }
        let last = stirring[path]
        guard last?.signature != status.signature, now >= (last?.told ?? now - Stirring.pause) + Stirring.pause else {
            return
        }
        stirring[path] = Stirring(signature: status.signature, told: now)
        tell(.stirred(path))
    }
}

/// What was last told of an ignored file that changes.
struct Stirring {
    var signature: FileSignature
    var told: Duration

    /// A file that grows brings thousands of events; what counts is that its folder isn't quiet for seconds.
    static let pause: Duration = .milliseconds(500)

    /// Whether a name may be that of somebody's file that is still being written.
    static func isOfUse(_ name: FilePath.Component) -> Bool {
        switch IgnoredNames.reason(name) {
        case .temporary: true
        // beside each file on a Mac, and written when somebody only looks
        case .hidden: !name.string.hasPrefix("._") && name.string.lowercased() != ".ds_store"
        default: false
        }
    }
}
