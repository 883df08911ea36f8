import Disk
import Foundation
import SystemPackage
import Words

/// Does in a folder what the service will do there, with hidden files of its own that are gone afterwards.
struct FolderProbe {
    /// `inbox`, `outbox` or `state`: the setting that names it.
    let role: String
    let folder: Folder

    /// Hidden, so that a running service leaves them alone.
    private let first = FilePath(".heygem-watch-check-\(ProcessInfo.processInfo.processIdentifier)")
    private var second: FilePath { FilePath(first.string + "-2") }

    /// One block: that the disk takes anything at all.
    private static let sample = [UInt8](repeating: 0x5A, count: 4096)

    init(role: String, folder: Folder) {
        self.role = role
        self.folder = folder
    }

    /// In the order in which they were tried; the first that can't be done ends it.
    func findings() -> [Finding] {
        defer { clean() }
        do throws(Errno) {
            let names = try folder.entries().count
            try write()
            let written = Finding.ok(
                "\(role).write",
                Phrase(
                    "\(title.en): listed (\(names) names); a file was written, fsynced and read back",
                    zh: "\(title.zh)：已列出（\(names) 个名称）；已写入、同步并读回一个文件"))
            let renamed = renaming()
            // what comes next needs the new name
            guard renamed.grade != .problem else { return [written, renamed] }
            return [written, renamed, linking(), removing()]
        } catch {
            return [
                .problem(
                    "\(role).write",
                    Phrase("\(title.en): a file can't be written: \(error)", zh: "\(title.zh)：无法写入文件：\(error)"),
                    mend: Self.permissions)
            ]
        }
    }

    private var title: Phrase { Phrase("\(role) \(folder.path)", zh: "\(role) \(folder.path)") }

    static let permissions = Phrase(
        "give the user that runs HeyGemWatch the right to read, write and delete there, and make sure the share is not mounted read-only or full",
        zh: "请给运行 HeyGemWatch 的用户读、写、删除权限，并确认共享不是只读挂载且未满")

    private func write() throws(Errno) {
        let file = try folder.create(first, mode: 0o600)
        try file.write(Self.sample, at: 0)
        try file.sync()
        try folder.sync()
        guard try folder.contents(of: first, limit: Self.sample.count) == Self.sample else { throw .ioError }
    }

    private func renaming() -> Finding {
        let id = "\(role).rename"
        do throws(Errno) {
            let way = try folder.rename(first, to: folder, second)
            _ = try folder.create(first, mode: 0o600)
            guard try isRefused() else {
                return .problem(
                    id, Phrase("\(title.en): renaming replaces what is there", zh: "\(title.zh)：重命名会覆盖已有文件"),
                    mend: Self.alone)
            }
            try folder.remove(first)
            return way == .lookAndRename ? .warning(id, words(way), mend: Self.alone) : .ok(id, words(way))
        } catch {
            return .problem(
                id, Phrase("\(title.en): a file can't be renamed: \(error)", zh: "\(title.zh)：无法重命名文件：\(error)"),
                mend: Self.permissions)
        }
    }

    /// Whether a name that is taken stays what it is.
    private func isRefused() throws(Errno) -> Bool {
        do throws(Errno) {
            try folder.rename(first, to: folder, second)
            return false
        } catch Errno.fileExists {
            return true
        }
    }

    private func words(_ way: RenamingWay) -> Phrase {
        let how =
            switch way {
            case .atOnce: Phrase("in one step", zh: "一步完成")
            case .linkAndRemove:
                Phrase("by a second name, since the file system has no other way", zh: "通过硬链接，因文件系统没有其他方式")
            case .lookAndRename:
                Phrase("by looking first, since the file system has no other way", zh: "先检查再重命名，因文件系统没有其他方式")
            }
        return Phrase(
            "\(title.en): renamed without replacing, \(how.en); a taken name was refused",
            zh: "\(title.zh)：不覆盖重命名可行（\(how.zh)）；已占用的名称被拒绝")
    }

    private static let alone = Phrase(
        "let no other program make files with HeyGemWatch's names there, or use another file system",
        zh: "请勿让其他程序在此创建与 HeyGemWatch 同名的文件，或改用其他文件系统")

    private func linking() -> Finding {
        let id = "\(role).link"
        do throws(Errno) {
            try folder.link(second, to: folder, first)
            try folder.remove(first)
            return .ok(id, Phrase("\(title.en): a file can have two names", zh: "\(title.zh)：支持硬链接"))
        } catch {
            // a shared avatar is copied then
            return .ok(
                id,
                Phrase(
                    "\(title.en): a file can't have two names (\(error)); copies are made instead",
                    zh: "\(title.zh)：不支持硬链接（\(error)）；将改用复制"))
        }
    }

    private func removing() -> Finding {
        let id = "\(role).delete"
        do throws(Errno) {
            try folder.remove(second)
            return .ok(id, Phrase("\(title.en): the file was deleted", zh: "\(title.zh)：文件已删除"))
        } catch {
            return .problem(
                id, Phrase("\(title.en): a file can't be deleted: \(error)", zh: "\(title.zh)：无法删除文件：\(error)"),
                mend: Self.permissions)
        }
    }

    private func clean() {
        try? folder.remove(first)
        try? folder.remove(second)
    }
}
