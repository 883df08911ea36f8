import GRDB
import Pack
import SystemPackage

/// Something outside of us refuses for now: a full disk, a share that is away, a lost permission.
package struct Obstruction: Error, CustomStringConvertible {
    /// What is wrong and what to do, for people.
    package let description: String

    init(_ error: any Error, doing work: String) {
        description = "\(work): \(Self.words(error))"
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as Errno: words(error)
        case let error as Obstruction: error.description
        case ZipProblem.unwritable(let error), ZipProblem.archiveUnreadable(let error),
            ZipProblem.unreadable(_, let error):
            words(error)
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: words(Errno.noSpace)
        case is InputChanged: "the file is being changed"
        default: "\(error)"
        }
    }

    private static func words(_ error: Errno) -> String {
        switch error {
        case .noSpace, .diskQuotaExceeded: "the disk is full; free some space, it goes on by itself"
        case .permissionDenied, .notPermitted: "no permission; give it back, it goes on by itself"
        case .readOnlyFileSystem: "the disk is read-only; it goes on when it can be written again"
        case .noSuchFileOrDirectory: "it is not there now; it goes on when it is back"
        default: "\(error); it is tried again"
        }
    }
}
