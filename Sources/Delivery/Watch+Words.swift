import Watch
import Words

extension WatchTrouble {
    /// What is wrong and what to do.
    var phrase: Phrase {
        switch self {
        case .missing(let away): away.phrase
        case .unreadable(let path):
            Phrase(
                "The folder \(path) can't be read. Allow the service to list it.", zh: "无法读取文件夹 \(path)。请允许本服务列出其内容。")
        case .unmounted(let path):
            Phrase(
                "What was mounted at \(path) is not mounted any more. Its files wait; they go on by themselves when it is back. If it doesn't come back, remove the folder.",
                zh: "\(path) 处的挂载已不存在。其中的文件等待；恢复挂载后会自动继续。如果不再挂载，请删除该文件夹。")
        case .tooManyFolders(let poll):
            Phrase(
                "There are more folders than one user may watch on this system; the others are listed every \(poll.inSeconds) s. Raise fs.inotify.max_user_watches (sysctl).",
                zh: "文件夹数量超过系统允许一个用户监视的上限；其余文件夹每 \(poll.inSeconds) 秒扫描一次。请调大 fs.inotify.max_user_watches（sysctl）。")
        case .tooManyWatchers(let poll):
            Phrase(
                "This user has no file watcher left on this system; the inbox is listed every \(poll.inSeconds) s. Raise fs.inotify.max_user_instances (sysctl).",
                zh: "系统允许一个用户使用的文件监视器已用完；输入文件夹每 \(poll.inSeconds) 秒扫描一次。请调大 fs.inotify.max_user_instances（sysctl）。")
        case .noEvents(let fileSystem, let poll):
            Phrase(
                "The system does not tell of changes in the inbox (\(fileSystem)); it is listed every \(poll.inSeconds) s. “watch: poll” says that this is well.",
                zh: "系统不通知输入文件夹（\(fileSystem)）中的变化；每 \(poll.inSeconds) 秒扫描一次。设置 “watch: poll” 可确认这样即可。")
        }
    }
}

extension Watching {
    /// For the first line of the status.
    var phrase: Phrase {
        switch self {
        case .events: Phrase("events", zh: "系统通知")
        case .polling: Phrase("listing it again and again", zh: "定时扫描")
        case .both: Phrase("events, and listing it again and again", zh: "系统通知和定时扫描")
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Int { Int((self / .seconds(1)).rounded()) }
}
