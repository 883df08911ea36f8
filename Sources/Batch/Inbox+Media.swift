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
}
