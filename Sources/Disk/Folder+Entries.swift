import Glibc
package import SystemPackage

extension Folder {
    /// The names in a folder beneath this one, in no particular order, without `.` and `..`.
    package func entries(of path: FilePath = FilePath()) throws(Errno) -> [FolderEntry] {
        var entries: [FolderEntry] = []
        try forEachEntry(of: path) { entry, _ in entries.append(entry) }
        return entries
    }

    /// Gives every entry of a folder with a way to look at its status: one opened folder serves them all, and nothing
    /// is collected, so that looking through 100,000 files is cheap.
    ///
    /// The look answers nil when the entry has gone meanwhile.
    package func forEachEntry(
        of path: FilePath, _ body: (_ entry: FolderEntry, _ status: () -> FileStatus?) -> Void
    ) throws(Errno) {
        // always a fresh description, also of this folder: the position in the listing belongs to it
        let place = path.isEmpty ? FilePath(".") : path
        let folder = try openBeneath(place, flags: O_RDONLY | O_DIRECTORY, mode: 0)
        guard let stream = fdopendir(folder) else {
            let error = Errno(rawValue: errno)
            _ = close(folder)
            throw error
        }
        defer { closedir(stream) }
        while let entry = try Self.nextEntry(of: stream) {
            body(entry) { Self.look(at: entry.name, in: folder) }
        }
    }

    private static func look(at name: FilePath.Component, in folder: Int32) -> FileStatus? {
        var raw = stat()
        let result = name.withPlatformString { fstatat(folder, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        return result == 0 ? FileStatus(raw) : nil
    }

    private static func nextEntry(of stream: OpaquePointer) throws(Errno) -> FolderEntry? {
        while true {
            // readdir tells its end from an error by errno alone
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw Errno(rawValue: errno) }
                return nil
            }
            // by offset: copying the struct would read past the end of a short entry
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            guard let component = FilePath.Component(platformString: name), component.kind == .regular else { continue }
            let kind = kind(of: entry.pointee.d_type) ?? look(at: component, in: dirfd(stream))?.kind
            return FolderEntry(name: component, kind: kind ?? .other)
        }
    }

    /// nil where the file system doesn't tell kinds in its listings.
    private static func kind(of type: UInt8) -> FileKind? {
        switch Int(type) {
        case Int(DT_UNKNOWN): nil
        case Int(DT_REG): .regular
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .symlink
        default: .other
        }
    }
}
