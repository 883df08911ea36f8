/// Why the ledger can't be used at all.
package enum LedgerProblem: Error, Hashable, CustomStringConvertible {
    /// SQLite's locks and write-ahead log can't be trusted there.
    case onNetwork(fileSystem: String)
    /// Written by a newer version of this program.
    case newer
    /// Another service works with it.
    case inUse(by: String)
    /// What has to be in it is not.
    case missing(String)

    package var description: String {
        switch self {
        case .onNetwork(let fileSystem):
            "The state folder lies on a network file system (\(fileSystem)). Choose a folder on a local disk with --state."
        case .newer:
            "The state folder was written by a newer version. Install that version again, or choose another --state."
        case .inUse(let holder):
            "The state folder is used by another HeyGemWatch (\(holder)). Give each inbox its own with --state."
        case .missing(let what): "The ledger holds no \(what)."
        }
    }
}
