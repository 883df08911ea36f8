/// How far it is known that a file is complete.
enum Proof: Hashable, Sendable {
    /// No list names it: its quiet has to do.
    case unlisted
    case checking(sha256: String)
    case matches(sha256: String)
    case differs(sha256: String)
    case unreadable(sha256: String)

    init(_ outcome: FileCheck.Outcome, of sha256: String) {
        self =
            switch outcome {
            case .matches: .matches(sha256: sha256)
            case .differs: .differs(sha256: sha256)
            case .unreadable: .unreadable(sha256: sha256)
            }
    }

    /// What the list says.
    var sha256: String? {
        switch self {
        case .unlisted: nil
        case .checking(let sha256), .matches(let sha256), .differs(let sha256), .unreadable(let sha256): sha256
        }
    }

    /// Whether the file may be used.
    var isMet: Bool {
        switch self {
        case .unlisted, .matches: true
        case .checking, .differs, .unreadable: false
        }
    }

    var isUnderWay: Bool { if case .checking = self { true } else { false } }
    var isFailed: Bool { !isMet && !isUnderWay }
}
