package import SystemPackage

extension Inbox {
    /// Whether a name's ending says audio or avatar: such a file is never meant to be empty.
    package static func isMedia(_ path: FilePath) -> Bool {
        guard let role = Place(path)?.role else { return false }
        return role == .audio || role == .avatar
    }
}
