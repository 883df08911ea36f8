import Disk
import Foundation
import SystemPackage

/// The older files of a log, in its folder: `name.log.1` is the newest of them.
struct LogShelf {
    let folder: FilePath
    let name: String
    let limits: LogLimits

    /// Puts the file that is written to on the shelf, and gives up what is too much then.
    func put(now: Date) throws(Errno) {
        let files = try Folder(opening: folder)
        let numbers = Set(try old(in: files).map(\.number))
        var free = 1
        while numbers.contains(free) { free += 1 }
        // only as far as there is no gap: that way one that can't be removed doesn't stop it
        for number in stride(from: free - 1, through: 0, by: -1) {
            try files.rename(path(number), to: files, path(number + 1))
        }
        // what can't be removed now is looked at again with the next
        try? tidy(files, now)
    }

    /// Gives up what is too old or too much.
    func tidy(now: Date) throws(Errno) { try tidy(Folder(opening: folder), now) }

    private func tidy(_ files: Folder, _ now: Date) throws(Errno) {
        for number in limits.excess(of: try old(in: files), now: now) { try files.remove(path(number)) }
    }

    private func old(in files: Folder) throws(Errno) -> [LogLimits.OldFile] {
        var old: [LogLimits.OldFile] = []
        let prefix = name + "."
        try files.forEachEntry(of: "") { entry, status in
            guard entry.kind == .regular, entry.name.string.hasPrefix(prefix),
                let number = Int(entry.name.string.dropFirst(prefix.count)), number > 0, let status = status()
            else { return }
            let last = Date(timeIntervalSince1970: Double(status.signature.modified) / 1e9)
            old.append(.init(number: number, bytes: status.signature.size, lastLine: last))
        }
        return old
    }

    /// 0 is the one that is written to.
    private func path(_ number: Int) -> FilePath { FilePath(number == 0 ? name : "\(name).\(number)") }
}
