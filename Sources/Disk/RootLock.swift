import Glibc
import SystemPackage

/// Keeps other services from working with a root, held until its last reference goes.
///
/// A lock of the kernel on `.heygem-watch/lock`, whose content tells people who holds it. Where the file system has no
/// locks the file itself is the lock: whoever makes it holds it, and removes it at the end.
final class RootLock: Sendable {
    static let file: FilePath = ".heygem-watch/lock"

    private let folder: Folder
    private let holder: String
    private let way: Way

    private enum Way {
        /// Held by the kernel, on the file of this number.
        case locked(FileLock, inode: UInt64)
        case file
    }

    /// - Parameter isTakingOver: also when another holds it, unless that one is seen to be at work on this machine.
    init(in folder: Folder, isTakingOver: Bool) throws(RootAway) {
        (self.folder, holder) = (folder, Folder.thisProcess)
        do throws(Errno) {
            try folder.makeFolder(Self.file.removingLastComponent(), mode: 0o755)
            way = try Self.take(in: folder, as: holder, isTakingOver)
        } catch {
            guard error == .wouldBlock else { throw RootAway(folder.path, error) }
            throw RootAway(folder.path, .taken(by: Self.words(folder.lockHolder(Self.file))))
        }
    }

    deinit {
        guard case .file = way, folder.lockHolder(Self.file) == holder else { return }
        try? folder.unlink(Self.file, flags: 0)
    }

    /// Who has taken the lock from us; nil while it is ours. Throws `.noSuchFileOrDirectory` when somebody has removed
    /// its file.
    func newHolder(in folder: Folder) throws(Errno) -> String? {
        // opened, not only looked at: it is then that an NFS server is asked
        let file = try folder.open(Self.file)
        switch way {
        case .locked(_, let ours):
            let found = try read(file)
            // an emptied file is nobody's
            return try file.status().signature.inode == ours && (found == nil || found == holder)
                ? nil : Self.words(found)
        case .file:
            let found = try file.lockLine()
            return found == holder ? nil : Self.words(found)
        }
    }

    /// - Returns: ours where a lock keeps its file from being read, as on CIFS.
    private func read(_ file: OpenFile) throws(Errno) -> String? {
        do throws(Errno) { return try file.lockLine() } catch {
            guard error == .permissionDenied else { throw error }
            return holder
        }
    }

    /// Who works with the root of this folder now, as far as that can be told; nil when nobody does.
    static func presentHolder(in folder: Folder) -> String? {
        do throws(Errno) {
            return try folder.looksLocked(file) ? words(folder.lockHolder(file)) : nil
        } catch {
            guard error != .noSuchFileOrDirectory, let found = folder.lockHolder(file) else { return nil }
            // the file itself is the lock
            return LockHolder(found)?.isAtWork == false ? nil : found
        }
    }

    private static func words(_ holder: String?) -> String { holder ?? "unknown" }

    private static func take(
        in folder: Folder, as holder: String, _ isTakingOver: Bool
    ) throws(Errno) -> Way {
        do throws(Errno) {
            let lock = try folder.lock(file, as: holder)
            return .locked(lock, inode: try lock.inode)
        } catch {
            switch error {
            case .wouldBlock:
                guard isTakingOver, LockHolder(folder.lockHolder(file))?.isAtWork != true else { throw error }
                return try replace(in: folder, as: holder)
            case .noLocks, .notSupported, .noFunction, .invalidArgument:
                return try makeFile(in: folder, as: holder, isTakingOver)
            default: throw error
            }
        }
    }

    /// Puts a lock file of ours in the place of another's, who sees by it that he has lost it.
    private static func replace(in folder: Folder, as holder: String) throws(Errno) -> Way {
        let partial = file.removingLastComponent().appending(".lock-\(getpid()).new")
        do throws(Errno) { try folder.unlink(partial, flags: 0) } catch {
            guard error == .noSuchFileOrDirectory else { throw error }
        }
        let lock = try folder.lock(partial, as: holder)
        try folder.replace(file, with: partial)
        return .locked(lock, inode: try lock.inode)
    }

    /// Where the file system has no locks.
    private static func makeFile(in folder: Folder, as holder: String, _ isTakingOver: Bool) throws(Errno) -> Way {
        // empty: made by the try to lock it
        if let found = try folder.lockLine(file) {
            // no more: left by one that was killed on this machine
            let isAtWork = LockHolder(found)?.isAtWork
            guard isAtWork == false || isTakingOver && isAtWork == nil else { throw .wouldBlock }
        }
        try folder.writeWhole(Array((holder + "\n").utf8), to: file)
        return .file
    }
}
