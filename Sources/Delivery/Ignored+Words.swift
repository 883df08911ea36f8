import Watch

extension Ignored {
    /// Whether a person may have meant it as an audio or avatar.
    var isTold: Bool { self == .symlink || self == .special }

    /// What follows a file's name, for people.
    var words: String {
        switch self {
        case .hidden: "a hidden file"
        case .temporary: "a temporary file of a program that is still writing"
        case .junk: "a file that a system or NAS made for itself"
        case .symlink: "a symbolic link, which is never followed; copy the file itself"
        case .special: "not a file; copy an ordinary file"
        }
    }
}
