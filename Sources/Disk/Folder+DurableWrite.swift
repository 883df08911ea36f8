package import SystemPackage

extension Folder {
    /// Puts `bytes` under `path` in one step: a reader sees the old content or the new, never a part.
    ///
    /// - Parameter isDurable: also returns only when both content and name are on the disk.
    package func writeWhole(
        _ bytes: [UInt8], to path: FilePath, mode: UInt32 = 0o644, isDurable: Bool = true
    ) throws(Errno) {
        guard let name = path.lastComponent else { throw .invalidArgument }
        // one service, one writer of each such file: the name needs no randomness, and a leftover is overwritten
        guard let hidden = FilePath.Component(".\(name.string).new") else { throw .invalidArgument }
        let temporary = path.removingLastComponent().appending(hidden)
        do { try remove(temporary) } catch Errno.noSuchFileOrDirectory {}
        let file = try create(temporary, mode: mode)
        do {
            try file.write(bytes, at: 0)
            if isDurable { try file.sync() }
            try replace(path, with: temporary)
        } catch {
            try? remove(temporary)
            throw error
        }
        if isDurable { try sync(path.removingLastComponent()) }
    }

    /// The whole content of a regular file, or nil when it has more than `limit` bytes.
    package func contents(of path: FilePath, limit: Int) throws(Errno) -> [UInt8]? {
        try open(path).contents(limit: limit)
    }
}
