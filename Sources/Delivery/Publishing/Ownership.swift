import Disk
import Synchronization
import SystemPackage
import Words

/// Gives results and our folders the owner, group and mode that are set.
///
/// A refusal is told once and stops nothing: whoever waits for a delivery would rather have it with another owner.
final class Ownership: Sendable {
    private let settings: PublisherSettings
    private let news: AsyncStream<PublisherNews>.Continuation
    private let isTold = Mutex(false)

    init(_ settings: PublisherSettings, _ news: AsyncStream<PublisherNews>.Continuation) {
        self.settings = settings
        self.news = news
    }

    /// For a new file.
    func take(_ file: OpenFile) throws(Errno) {
        try attempt(file.path) { () throws(Errno) in
            try file.setMode(settings.mode)
            if hasOwner { try file.setOwner(settings.owner, group: settings.group) }
        }
    }

    /// For a file that was made under a name.
    func take(_ path: FilePath, in folder: Folder) throws(Errno) {
        guard hasOwner else { return }
        try attempt(path) { () throws(Errno) in
            try folder.setOwner(settings.owner, group: settings.group, of: path)
        }
    }

    /// Makes a folder and its parents; those that were not there before are ours.
    ///
    /// - Returns: those, the outermost first.
    @discardableResult
    func makeFolder(_ path: FilePath, in folder: Folder) throws(Errno) -> [FilePath] {
        let all = try folder.makeFolder(path, mode: settings.folderMode)
        for made in all {
            try attempt(made) { () throws(Errno) in
                try folder.setMode(settings.folderMode, of: made)
                if hasOwner { try folder.setOwner(settings.owner, group: settings.group, of: made) }
            }
        }
        return all
    }

    private var hasOwner: Bool { settings.owner != nil || settings.group != nil }

    private func attempt(_ path: FilePath, _ change: () throws(Errno) -> Void) throws(Errno) {
        do { try change() } catch {
            // nobody has refused it
            if error.isPassing { throw error }
            let isNews = isTold.withLock { told in
                defer { told = true }
                return !told
            }
            guard isNews else { return }
            let why = "\(path): \(error)"
            news.yield(
                .trouble(
                    Phrase(
                        "The owner, group or mode that is set can't be given (\(why)). Results keep the service's own; "
                            + "mend it with the settings owner, group and mode, or run the service as a user who may.",
                        zh: "无法设置指定的所有者、用户组或权限（\(why)）。结果文件保持服务自身的设置；请修改 owner、group、mode，或以有权限的用户运行服务。")))
        }
    }
}
