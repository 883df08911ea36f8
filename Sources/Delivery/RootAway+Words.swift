package import Disk
package import Words

extension RootAway: ToldError {
    /// What is wrong and what to do; work goes on by itself when it is over.
    package var phrase: Phrase {
        let (en, zh) = words
        return Phrase("\(path): \(en)", zh: "\(path)：\(zh)")
    }

    private var words: (en: String, zh: String) {
        switch cause {
        case .gone:
            ("the folder is gone. Everything waits; it goes on by itself when it is back.", "文件夹不见了。全部等待；恢复后会自动继续。")
        case .notAFolder:
            (
                "something else stands in the folder's place. Everything waits; it goes on by itself when the folder is back.",
                "该位置已不是文件夹。全部等待；恢复后会自动继续。"
            )
        case .another:
            (
                "another folder stands here than the one that was served: maybe a share is not mounted, or something is "
                    + "mounted over it. Everything waits; it goes on by itself when the right one is back. If this is "
                    + "the right one from now on, start once with: heygem-watch run --adopt",
                "这里的文件夹不是原来的那个：可能共享未挂载，或被其他内容覆盖挂载。全部等待；原文件夹恢复后会自动继续。如果今后就用这个文件夹，请启动一次：heygem-watch run --adopt"
            )
        case .unreadable:
            (
                "the service may not list or enter the folder. Everything waits; give the permission back, it goes on by itself.",
                "本服务无权列出或进入该文件夹。全部等待；恢复权限后会自动继续。"
            )
        case .readOnly:
            (
                "its disk is mounted read-only. Everything waits; it goes on by itself when it can be written again.",
                "其磁盘以只读方式挂载。全部等待；可以写入后会自动继续。"
            )
        case .taken(let holder):
            ("it is served by another HeyGemWatch (\(holder)).", "正由另一个 HeyGemWatch 处理（\(holder)）。")
        case .lost(let holder):
            ("another HeyGemWatch has taken it over (\(holder)).", "已被另一个 HeyGemWatch 接管（\(holder)）。")
        case .failing(let error):
            (
                "it can't be looked at (\(error)). Everything waits; it goes on by itself when it answers again.",
                "无法访问（\(error)）。全部等待；恢复后会自动继续。"
            )
        }
    }
}
