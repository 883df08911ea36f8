import Disk
import Foundation
import SystemPackage
import Words

/// Space, and the owner and permissions that results are to get.
struct ResultsCheck {
    /// nil where it can't be opened.
    let outbox: Folder?
    let state: Folder?
    let isOutboxWritable: Bool
    let settings: Settings

    private let name = FilePath(".heygem-watch-check-\(ProcessInfo.processInfo.processIdentifier)-owner")

    init(outbox: CheckedFolder, state: CheckedFolder, settings: Settings) {
        (self.outbox, self.state) = (outbox.folder, state.folder)
        isOutboxWritable = outbox.isWritable
        self.settings = settings
    }

    func findings() -> [Finding] {
        [space("outbox", outbox), space("state", state), permissions, stateKind].compactMap(\.self)
    }

    private func space(_ role: String, _ folder: Folder?) -> Finding? {
        guard let free = try? folder?.freeBytes() else { return nil }
        let done = Phrase(
            "\(role): \(ByteText.text(Int64(clamping: free))) free",
            zh: "\(role)：剩余 \(ByteText.text(Int64(clamping: free)))")
        guard free < UInt64(max(0, settings.minFree)) else { return .ok("\(role).space", done) }
        let least = ByteText.text(settings.minFree)
        let effect =
            role == "state"
            ? Phrase("; until then old videos are removed early, and no render begins", zh: "；在此之前旧视频会被提前删除，且不会开始渲染")
            : Phrase("; until then batches wait", zh: "；在此之前批次会等待")
        return .warning(
            "\(role).space", done,
            mend: Phrase(
                "make room, or lower min_free (\(least))\(effect.en)", zh: "请清理空间，或调低 min_free（\(least)）\(effect.zh)"))
    }

    /// A file of ours gets what the settings say, and what the outbox's own bits give.
    private var permissions: Finding? {
        let id = "outbox.owner"
        guard let outbox else { return nil }
        defer { try? outbox.remove(name) }
        let owner = settings.owner.map { ($0, Account.userID($0)) }
        let group = settings.group.map { ($0, Account.groupID($0)) }
        for unknown in [owner, group].compactMap(\.self) where unknown.1 == nil {
            return .problem(
                id, Phrase("this machine knows no “\(unknown.0)”", zh: "本机没有“\(unknown.0)”"),
                mend: Phrase(
                    "correct owner or group in the settings, or make the account", zh: "请更正 owner 或 group 设置，或创建该账户"))
        }
        guard isOutboxWritable else {
            return .skipped(id, Phrase("owner, group and mode of results", zh: "结果文件的所有者、用户组和权限"))
        }
        do throws(Errno) {
            let file = try outbox.create(name, mode: settings.mode)
            try file.setMode(settings.mode)
            if owner != nil || group != nil { try file.setOwner(owner?.1, group: group?.1) }
            return .ok(id, words(try file.status()))
        } catch {
            return .problem(
                id,
                Phrase(
                    "results can't be given their owner, group and mode: \(error)", zh: "无法为结果设置所有者、用户组和权限：\(error)"),
                mend: Phrase(
                    "run HeyGemWatch as a user who may give files away, choose a group that this user is in, or remove owner, group and mode from the settings",
                    zh: "请以有权更改所有者的用户运行，选择该用户所属的用户组，或去掉 owner、group、mode 设置"))
        }
    }

    private func words(_ status: FileStatus) -> Phrase {
        let owner = Account.userName(status.owner) ?? "\(status.owner)"
        let mode = String(status.mode, radix: 8)
        return Phrase(
            "a result gets owner \(owner), group \(status.group), mode 0\(mode)",
            zh: "结果文件的所有者为 \(owner)，用户组 \(status.group)，权限 0\(mode)")
    }

    private var stateKind: Finding? {
        guard let kind = try? state?.fileSystem() else { return nil }
        let done = Phrase("state lies on \(kind.name)", zh: "state 位于 \(kind.name)")
        guard kind.isNetwork else { return .ok("state.disk", done) }
        return .problem(
            "state.disk", done,
            mend: Phrase(
                "choose a folder on a local disk: a database breaks on a network", zh: "请选择本地磁盘上的文件夹：数据库放在网络盘上会损坏"))
    }
}
