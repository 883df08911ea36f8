package import SystemPackage

/// Why an archive could not be written, or is not what it should be. The description is a sentence for people.
package enum ZipProblem: Error, Hashable {
    /// Not one of `SafeName`'s names, or longer than a ZIP can hold.
    case unusableName(String)
    /// Two entries agree without case, or one is the folder of another.
    case nameTaken(String)
    /// The source is shorter, longer or has other bytes than was said.
    case sourceChanged(entry: String, String)
    case unreadable(entry: String, Errno)
    /// The archive itself; `.noSpace` for a full disk.
    case unwritable(Errno)
    case archiveUnreadable(Errno)
    /// A sentence for each thing that is wrong.
    case damaged([String])
}

extension ZipProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unusableName(let name): "“\(name)” is not a name that every system can unpack"
        case .nameTaken(let name): "two files would be named “\(name)” in the ZIP"
        case .sourceChanged(let entry, let how): "“\(entry)” changed while it was packed: \(how)"
        case .unreadable(let entry, let error): "“\(entry)” can't be read: \(error)"
        case .unwritable(let error): "the ZIP can't be written: \(error)"
        case .archiveUnreadable(let error): "the ZIP can't be read back: \(error)"
        case .damaged(let sentences): "the ZIP is damaged: " + sentences.joined(separator: "; ")
        }
    }
}
