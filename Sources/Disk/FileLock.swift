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

extension OpenFile {
    /// Who has written himself into a lock file; nil for an empty one.
    func lockLine() throws(Errno) -> String? {
        // a holder's line is short; whatever else lies there isn't shown
        guard let bytes = try contents(limit: 1024) else { return "unknown" }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return line.isEmpty ? nil : line
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
        guard let readable = try lockedForReading(path) else { return try lock(file, as: holder) }
        do throws(Errno) {
            try Self.tell(holder, in: file)
            return FileLock(holding: readable)
        } catch {
            guard error == .permissionDenied else { throw error }
            // a lock on CIFS lets nobody write but through the descriptor that has it (flock(2), since Linux 5.5)
            _ = flock(readable.descriptor, LOCK_UN)
            return try lock(file, as: holder)
        }
    }

    private func lock(_ file: OpenFile, as holder: String) throws(Errno) -> FileLock {
        _ = try systemCall { flock(file.descriptor, LOCK_EX | LOCK_NB) }
        try Self.tell(holder, in: file)
        return FileLock(holding: file)
    }

    private static func tell(_ holder: String, in file: OpenFile) throws(Errno) {
        try file.resize(to: 0)
        try file.write(Array((holder + "\n").utf8), at: 0)
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
    package func isLocked(_ path: FilePath) -> Bool { (try? looksLocked(path)) == true }

    /// The same; throws `.noLocks` and the like where the file system has none.
    func looksLocked(_ path: FilePath) throws(Errno) -> Bool {
        let file = try open(path)
        guard features.contains(.locks) else { throw .noLocks }
        // a shared lock is refused while another holds the exclusive one; ours goes with the file
        do throws(Errno) {
            _ = try systemCall { flock(file.descriptor, LOCK_SH | LOCK_NB) }
            return false
        } catch {
            guard error == .wouldBlock else { throw error }
            return true
        }
    }

    /// Who holds the lock, or held it last; nil when nobody ever did, or that can't be read.
    package func lockHolder(_ path: FilePath) -> String? { (try? lockLine(path)) ?? nil }

    /// The same; nil only when nobody ever did.
    func lockLine(_ path: FilePath) throws(Errno) -> String? {
        do throws(Errno) { return try open(path).lockLine() } catch {
            guard error == .noSuchFileOrDirectory else { throw error }
            return nil
        }
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
