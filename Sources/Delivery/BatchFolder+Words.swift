import Batch
import SystemPackage

extension BatchFolder {
    /// For people.
    var text: String {
        switch self {
        case .folder(let name): name.string
        case .loose: "inbox"
        }
    }
}
