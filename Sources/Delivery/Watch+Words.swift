import Watch
import Words

extension WatchTrouble {
    /// What is wrong and what to do.
    var phrase: Phrase {
        switch self {
        case .missing(let path):
            Phrase(
                "The folder \(path) is gone or something else stands in its place. Nothing is forgotten; work goes on when it is back.",
                zh: "文件夹 \(path) 不见了，或被其他内容代替。已有内容不会丢失；恢复后会自动继续。")
        case .unreadable(let path):
            Phrase(
                "The folder \(path) can't be read. Allow the service to list it.", zh: "无法读取文件夹 \(path)。请允许本服务列出其内容。")
        case .tooManyFolders:
            Phrase(
                "There are more folders than one user may watch on this system; changes in the others are noticed minutes later. Raise fs.inotify.max_user_watches (sysctl).",
                zh: "文件夹数量超过系统允许一个用户监视的上限；其余文件夹的变化要过几分钟才能发现。请调大 fs.inotify.max_user_watches（sysctl）。")
        }
    }
}
