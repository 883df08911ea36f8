import Glibc
package import SystemPackage

/// A lock on a file, held until `release`, the last reference, or the end of the process, however it ends.
///
/// The file's content tells people who holds it; it stays when the lock goes.
package final class FileLock: Sendable {
    private let file: OpenFile

    init(holding file: OpenFile) {
        self.file = file
    }

    package func release() {
        _ = flock(file.descriptor, LOCK_UN)
    }

    /// The number of the file that is locked, for a look whether it still has its name.
    var inode: UInt64 {
        get throws(Errno) { try file.status().signature.inode }
    }
}

extension Folder {
    /// Takes the lock on a file, which is made if it is missing, and writes who holds it into it.
    ///
    /// Throws `.wouldBlock` when another holds it: `lockHolder` tells who. Others, such as `.noLocks` or
    /// `.notSupported`: this file system has no locks.
    package func lock(_ path: FilePath, as holder: String = Folder.thisProcess) throws(Errno) -> FileLock {
        let file = try openOrCreate(path)
        guard features.contains(.locks) else { throw .noLocks }
        let readable = try lockedForReading(path)
        if readable == nil { _ = try systemCall { flock(file.descriptor, LOCK_EX | LOCK_NB) } }
        try file.resize(to: 0)
        try file.write(Array((holder + "\n").utf8), at: 0)
        return FileLock(holding: readable ?? file)
    }

    /// A file that is held open for writing would keep its file system from being remounted read-only.
    ///
    /// - Returns: nil where only such a file can be locked (NFS).
    private func lockedForReading(_ path: FilePath) throws(Errno) -> OpenFile? {
        let file = try open(path)
        do throws(Errno) {
            _ = try systemCall { flock(file.descriptor, LOCK_EX | LOCK_NB) }
            return file
        } catch {
            guard error == .badFileDescriptor else { throw error }
            return nil
        }
    }

    /// Whether somebody holds the lock now.
    package func isLocked(_ path: FilePath) -> Bool {
        guard let file = try? open(path) else { return false }
        // a shared lock is refused while another holds the exclusive one; ours goes with the file
        do {
            _ = try systemCall { flock(file.descriptor, LOCK_SH | LOCK_NB) }
            return false
        } catch {
            return error == .wouldBlock
        }
    }

    /// Who holds the lock, or held it last; nil when nobody ever did.
    package func lockHolder(_ path: FilePath) -> String? {
        // a holder's line is short; whatever else lies there isn't shown
        guard let bytes = try? contents(of: path, limit: 1024), !bytes.isEmpty else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.prefix { $0 != "\n" })
    }

    /// "process 4711 on nas since 2025-12-19 14:20:07 +0100".
    package static var thisProcess: String { LockHolder.current.text }

    private func openOrCreate(_ path: FilePath) throws(Errno) -> OpenFile {
        do {
            return try openForWriting(path)
        } catch Errno.noSuchFileOrDirectory {
            do {
                return try create(path, mode: 0o644)
            } catch Errno.fileExists {
                return try openForWriting(path)
            }
        }
    }
}
