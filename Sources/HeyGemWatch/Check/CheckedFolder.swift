import Disk
import SystemPackage
import Words

/// One of the three folders, after the first look at it.
struct CheckedFolder {
    /// nil where it can't be opened.
    let folder: Folder?
    let findings: [Finding]

    /// - Parameter role: `inbox`, `outbox` or `state`.
    init(role: String, path: FilePath) {
        do throws(Errno) {
            let folder = try Folder(opening: path)
            self.folder = folder
            findings = FolderProbe(role: role, folder: folder).findings()
        } catch {
            folder = nil
            findings = [Self.unopened(role, path, error)]
        }
    }

    /// Whether it is worth trying anything there that needs a new file.
    var isWritable: Bool { findings.allSatisfy { $0.grade != .problem } }

    private static func unopened(_ role: String, _ path: FilePath, _ error: Errno) -> Finding {
        let mend =
            error == .permissionDenied
            ? FolderProbe.permissions
            : Phrase("make the folder, mount the share, or correct the path", zh: "请创建该文件夹、挂载共享或更正路径")
        return .problem(
            "\(role).open", Phrase("\(role) \(path) can't be opened: \(error)", zh: "无法打开 \(role) \(path)：\(error)"),
            mend: mend)
    }
}
