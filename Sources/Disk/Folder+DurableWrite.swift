package import SystemPackage

extension Folder {
    /// Puts `bytes` under `path` in one step: a reader sees the old content or the new, never a part.
    ///
    /// - Parameter isDurable: also returns only when both content and name are on the disk.
    package func writeWhole(
        _ bytes: [UInt8], to path: FilePath, mode: UInt32 = 0o644, isDurable: Bool = true
    ) throws(Errno) {
        // one service, one writer of each such file: the name needs no randomness, and a leftover is overwritten
        guard let temporary = path.partialOfWhole else { throw .invalidArgument }
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

extension FilePath {
    /// Where ``Folder/writeWhole(_:to:mode:isDurable:)`` writes what is to get this name: hidden, beside it.
    package var partialOfWhole: FilePath? {
        guard let name = lastComponent, let hidden = FilePath.Component(".\(name.string).new") else { return nil }
        return removingLastComponent().appending(hidden)
    }
}
