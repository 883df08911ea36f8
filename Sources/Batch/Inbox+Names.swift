package import SystemPackage

extension Inbox {
    /// Whether a name's ending says audio or avatar: such a file is never meant to be empty.
    package static func isMedia(_ path: FilePath) -> Bool {
        half(at: path) != nil
    }

    /// What an audio or avatar would be without a partner, and in which batch; nil for other names.
    package static func half(at path: FilePath) -> (folder: BatchFolder, half: Half)? {
        guard let place = Place(path), place.role == .audio || place.role == .avatar else { return nil }
        let folders = place.folder.components.dropFirst().map { $0.bytes + [UInt8(ascii: "/")] }
        let name = Name(folders.joined() + place.name.stem)
        return (place.batch, Half(name: name, tags: place.tags, path: path, role: place.role))
    }

    /// For a marker, `items.csv` or `SHA256SUMS` that counts: which of them, so that its content is read and told as ``InboxEvent/read(_:_:)``.
    package static func manifestRole(of path: FilePath, patterns: [NamePattern]) -> FileRole? {
        guard let role = Place(path, patterns: patterns)?.role, [.marker, .table, .checksums].contains(role) else {
            return nil
        }
        return role
    }

    /// What stands behind a marker's name in the name of the note that tells what holds its batch.
    package static let noteEnding = ".error.txt"

    /// Whether a name is that of a note beside a marker: the service's own, no file of any batch.
    package static func isOwnNote(_ name: FilePath.Component, patterns: [NamePattern]) -> Bool {
        patterns.isOwnNote(name.bytes)
    }
}

extension [NamePattern] {
    /// What the `*` of the first pattern that fits stands for; nil where none does, and for our own notes beside markers.
    func stem(of name: [UInt8]) -> [UInt8]? {
        guard let stem = lazy.compactMap({ $0.match(name) }).first, !isOwnNote(name) else { return nil }
        return stem
    }

    func isOwnNote(_ name: [UInt8]) -> Bool {
        let ending = Inbox.noteEnding.utf8
        guard name.count > ending.count, name.suffix(ending.count).elementsEqual(ending) else { return false }
        return contains { $0.match(name.dropLast(ending.count)) != nil }
    }
}
