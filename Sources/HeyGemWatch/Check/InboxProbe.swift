import Disk
import Foundation
import SystemPackage
import Watch
import Words

/// How well HeyGemWatch can see what others do in the inbox.
struct InboxProbe {
    let folder: Folder
    let settings: WatchSettings

    private let name = FilePath(".heygem-watch-check-\(ProcessInfo.processInfo.processIdentifier)-seen")
    /// An event that takes longer does not come.
    private static let patience = Duration.seconds(2)
    /// More than clocks that are set by the network differ.
    private static let clockTolerance = 5.0

    init(folder: Folder, settings: WatchSettings) {
        self.folder = folder
        self.settings = settings
    }

    /// What a file has to rest before it counts.
    private var settle: Duration {
        settings.settle ?? WatchSettings.standardSettle(on: (try? folder.fileSystem()) ?? .unknown)
    }

    func findings() async -> [Finding] {
        defer { try? folder.remove(name) }
        let heard = await events()
        // where the system has no watcher left the file is still to be made
        _ = try? folder.create(name, mode: 0o600)
        guard (try? folder.status(of: name)) != nil else { return [heard] }
        return [heard, writers(), clock(), lock()].compactMap(\.self)
    }

    /// A change of our own has to be heard of; those of other computers never are where the file system is remote.
    private func events() async -> Finding {
        let stream = EventStream()
        let kind = (try? folder.fileSystem()) ?? .unknown
        guard settings.mode != .poll, settings.mode == .inotify || kind.way != .polling else {
            return .ok(Self.id, listed(kind))
        }
        do throws(Errno) {
            try stream.open()
            _ = try stream.addWatch(FilePath(), beneath: folder)
            try folder.create(name, mode: 0o600).write([1], at: 0)
        } catch {
            guard Self.isExhausted(error) || error == .noFunction else {
                return .problem(
                    Self.id, Phrase("the inbox can't be watched: \(error)", zh: "无法监视输入文件夹：\(error)"),
                    mend: FolderProbe.permissions)
            }
            return .warning(Self.id, listed(kind), mend: Self.inotify)
        }
        return heard(kind, isHeard: await hears(stream))
    }

    private static let id = "inbox.events"

    private func heard(_ kind: FileSystemKind, isHeard: Bool) -> Finding {
        guard isHeard else {
            return .warning(
                Self.id, Phrase("\(kind.name): a change was not told by the system", zh: "\(kind.name)：系统未通知文件变化"),
                mend: Phrase(
                    "files are found by listing every \(often.en); set poll to how long that may take",
                    zh: "将每隔 \(often.zh) 扫描一次；请按需调整 poll"))
        }
        guard kind.way == .events || settings.mode == .inotify else {
            return .ok(
                Self.id,
                Phrase(
                    "\(kind.name): a change made here is told at once, others are found by listing every \(often.en) (poll)",
                    zh: "\(kind.name)：本机的变化会立即通知，其他变化每隔 \(often.zh) 扫描发现（poll）"))
        }
        return .ok(Self.id, Phrase("\(kind.name): a change was told at once", zh: "\(kind.name)：文件变化立即得到通知"))
    }

    private var often: Phrase { TimeText.text(settings.poll) }

    private func listed(_ kind: FileSystemKind) -> Phrase {
        Phrase("\(kind.name): listed every \(often.en) (poll)", zh: "\(kind.name)：每隔 \(often.zh) 扫描一次（poll）")
    }

    /// What inotify says when one of its limits is reached.
    private static func isExhausted(_ error: Errno) -> Bool {
        [.noSpace, .tooManyOpenFiles, .tooManyOpenFilesInSystem].contains(error)
    }

    private static let inotify = Phrase(
        "raise fs.inotify.max_user_instances and fs.inotify.max_user_watches with sysctl",
        zh: "请用 sysctl 调高 fs.inotify.max_user_instances 和 fs.inotify.max_user_watches")

    private func hears(_ stream: EventStream) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await stream.wait()
                    if stream.take().events.contains(where: { $0.name == name.lastComponent }) { return true }
                }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    /// A file that we hold open for writing has to be seen as such, and no more when we have closed it.
    private func writers() -> Finding {
        let id = "inbox.lease"
        let (whileOpen, afterwards) = (seesWriter(holding: true), seesWriter(holding: false))
        guard whileOpen == true, afterwards == false else {
            let quiet = TimeText.text(settle)
            return .warning(
                id,
                Phrase(
                    "whether a program still writes a file can't be told there",
                    zh: "此处无法得知是否有程序仍在写入文件"),
                mend: Phrase(
                    "files count as complete when they have not changed for \(quiet.en); raise settle if copies pause longer, or use a local disk and the files' owner as user",
                    zh: "文件在 \(quiet.zh) 内无变化即视为完整；若复制过程停顿更久，请调高 settle，或使用本地磁盘并以文件所有者身份运行"))
        }
        return .ok(id, Phrase("a program that still writes a file is noticed", zh: "能发现仍在写入文件的程序"))
    }

    private func seesWriter(holding: Bool) -> Bool? {
        guard holding else { return seesWriter() }
        guard let writer = try? folder.openForWriting(name) else { return nil }
        return withExtendedLifetime(writer) { seesWriter() }
    }

    private func seesWriter() -> Bool? { try? folder.open(name).isOpenForWritingElsewhere() }

    /// The share's server stamps files with its own clock.
    private func clock() -> Finding? {
        guard (try? folder.openForWriting(name).write([2], at: 0)) != nil, let status = try? folder.status(of: name)
        else { return nil }
        let difference = Date().timeIntervalSince1970 - Double(status.signature.modified) / 1e9
        let seconds = Int(difference.magnitude.rounded())
        guard difference.magnitude > Self.clockTolerance else {
            return .ok("inbox.clock", Phrase("its clock agrees with this machine's", zh: "其时钟与本机一致"))
        }
        return .warning(
            "inbox.clock", Phrase("its clock is \(seconds) seconds off this machine's", zh: "其时钟与本机相差 \(seconds) 秒"),
            mend: Phrase("let both machines set their clocks by the network (NTP)", zh: "请让两台机器都通过网络（NTP）校时"))
    }

    private func lock() -> Finding? {
        do throws(Errno) {
            let lock = try folder.lock(name)
            defer { lock.release() }
            guard folder.isLocked(name) else { throw .noLocks }
            return .ok("inbox.lock", Phrase("a file can be locked", zh: "可以锁定文件"))
        } catch {
            guard Self.lacksLocks(error) else {
                return .problem(
                    "inbox.lock", Phrase("files can't be locked there: \(error)", zh: "此处无法锁定文件：\(error)"),
                    mend: FolderProbe.permissions)
            }
            return .warning(
                "inbox.lock",
                Phrase(
                    "files can't be locked there (\(error)): another service is kept out by a file only (.heygem-watch/lock)",
                    zh: "此处无法锁定文件（\(error)）：仅通过文件（.heygem-watch/lock）阻止其他服务"),
                mend: Self.mountWithLocks)
        }
    }

    private static func lacksLocks(_ error: Errno) -> Bool {
        [.noLocks, .notSupported, .noFunction, .invalidArgument].contains(error)
    }

    private static let mountWithLocks = Phrase(
        "mount the share with locks (for NFS without “nolock”), so that two services can't serve one inbox",
        zh: "请以支持锁的方式挂载共享（NFS 不要使用 nolock），以免两个服务处理同一文件夹")
}
