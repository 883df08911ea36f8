import CInotify
import Glibc
package import SystemPackage

extension Folder {
    /// Opens a file read-only. Anything but a regular file throws `.invalidArgument`, and a FIFO doesn't block.
    package func open(_ path: FilePath) throws(Errno) -> OpenFile {
        try openRegular(path, flags: O_RDONLY)
    }

    /// Opens an existing regular file for reading and writing.
    package func openForWriting(_ path: FilePath) throws(Errno) -> OpenFile {
        try openRegular(path, flags: O_RDWR)
    }

    /// Makes a new file, opened for reading and writing. Throws `.fileExists` when the name is taken.
    package func create(_ path: FilePath, mode: UInt32) throws(Errno) -> OpenFile {
        try observer?.willDo(.create(path))
        let descriptor = try openBeneath(path, flags: O_RDWR | O_CREAT | O_EXCL, mode: mode)
        return OpenFile(owning: descriptor, path: path, observer: observer)
    }

    private func openRegular(_ path: FilePath, flags: Int32) throws(Errno) -> OpenFile {
        // looked at first, for opening alone can already make a device do something
        guard try status(of: path).kind == .regular else { throw .invalidArgument }
        let descriptor = try openBeneath(path, flags: flags | O_NONBLOCK | O_NOCTTY, mode: 0)
        let file = OpenFile(owning: descriptor, path: path, observer: observer)
        guard try file.status().kind == .regular else { throw .invalidArgument }
        return file
    }

    /// What stands under `path`, or nil when there is nothing: also where a file or a symlink stands in place of one of
    /// its folders.
    package func statusIfThere(_ path: FilePath) throws(Errno) -> FileStatus? {
        do {
            return try status(of: path)
        } catch .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels {
            return nil
        }
    }

    /// Makes a folder, and its parents that are missing. An existing one is well.
    ///
    /// - Returns: those that were not there before, the outermost first.
    @discardableResult
    package func makeFolder(_ path: FilePath, mode: UInt32) throws(Errno) -> [FilePath] {
        var folder = FilePath()
        var made: [FilePath] = []
        for name in path.components {
            folder.append(name)
            if try makeOneFolder(folder, mode: mode) { made.append(folder) }
        }
        return made
    }

    /// - Returns: whether it was not there before.
    private func makeOneFolder(_ path: FilePath, mode: UInt32) throws(Errno) -> Bool {
        if let status = try? status(of: path) {
            guard status.kind == .folder else { throw .fileExists }
            return false
        }
        try observer?.willDo(.makeFolder(path))
        let place = try locate(path)
        do {
            _ = try systemCall {
                place.name.withPlatformString { mkdirat(place.folder.number, $0, mode_t(mode)) }
            }
        } catch Errno.fileExists {
            guard try status(of: path).kind == .folder else { throw .fileExists }
            return false
        }
        return true
    }

    /// Removes a file, a symlink or another thing that isn't a folder.
    package func remove(_ path: FilePath) throws(Errno) {
        try observer?.willDo(.remove(path))
        try unlink(path, flags: 0)
    }

    /// Removes an empty folder. Throws `.directoryNotEmpty` for another.
    package func removeFolder(_ path: FilePath) throws(Errno) {
        try observer?.willDo(.removeFolder(path))
        try unlink(path, flags: AT_REMOVEDIR)
    }

    func unlink(_ path: FilePath, flags: Int32) throws(Errno) {
        let place = try locate(path)
        _ = try systemCall { place.name.withPlatformString { unlinkat(place.folder.number, $0, flags) } }
    }

    /// Returns when the names in a folder are on the disk; the empty path is this folder.
    package func sync(_ path: FilePath = FilePath()) throws(Errno) {
        try observer?.willDo(.syncFolder(path))
        let folder = try openFolder(path)
        do {
            _ = try systemCall { fsync(folder.number) }
        } catch Errno.invalidArgument {
            // network file systems that have no such thing for folders: their server keeps the names
        }
    }
}
