package import SystemPackage

/// The seam of the kill and fault tests: is told of every change before it is made.
///
/// It may throw an error in its place (a full disk), or end the process.
package protocol DiskObserver: Sendable {
    func willDo(_ operation: DiskOperation) throws(Errno)
}

/// A change that is about to be made. Paths are relative to the folder that makes it.
package enum DiskOperation: Sendable, Hashable {
    case create(FilePath)
    case write(FilePath, bytes: Int)
    case allocate(FilePath, bytes: Int64)
    case copy(FilePath, bytes: Int64)
    case sync(FilePath)
    case setPermissions(FilePath)
    case rename(FilePath, to: FilePath)
    case replace(FilePath, with: FilePath)
    case link(FilePath, to: FilePath)
    case remove(FilePath)
    case makeFolder(FilePath)
    case removeFolder(FilePath)
    case syncFolder(FilePath)
}
