package import Disk
package import Words

extension RootAway: ToldError {
    /// What is wrong and what to do; work goes on by itself when it is over.
    package var phrase: Phrase { told(waits) }

    /// The same for somebody who doesn't wait: the end of a program.
    package var failure: Phrase { told(nil) }

    private func told(_ waits: Phrase?) -> Phrase {
        let parts = [reason, waits, advice].compactMap(\.self)
        return Phrase(
            "\(path): " + parts.map(\.en).joined(separator: " "), zh: "\(path)：" + parts.map(\.zh).joined())
    }

    private var reason: Phrase {
        switch cause {
        case .gone: Phrase("the folder is gone.", zh: "文件夹不见了。")
        case .notAFolder: Phrase("something else stands in the folder's place.", zh: "该位置已不是文件夹。")
        case .another:
            Phrase(
                "another folder stands here than the one that was served: maybe a share is not mounted, or something is "
                    + "mounted over it.",
                zh: "这里的文件夹不是原来的那个：可能共享未挂载，或被其他内容覆盖挂载。")
        case .unreadable:
            Phrase(
                "the service may not list or enter the folder. Give it the permission.", zh: "本服务无权列出或进入该文件夹。请授予权限。")
        case .unwritable:
            Phrase(
                "the service may list the folder, but not write there (.heygem-watch). Give it the permission.",
                zh: "本服务可以列出该文件夹，但无权写入（.heygem-watch）。请授予权限。")
        case .readOnly: Phrase("its disk is mounted read-only.", zh: "其磁盘以只读方式挂载。")
        case .taken(let holder):
            Phrase("it is served by another HeyGemWatch (\(holder)).", zh: "正由另一个 HeyGemWatch 处理（\(holder)）。")
        case .lost(let holder):
            Phrase("another HeyGemWatch has taken it over (\(holder)).", zh: "已被另一个 HeyGemWatch 接管（\(holder)）。")
        case .failing(let error): Phrase("it can't be looked at (\(error)).", zh: "无法访问（\(error)）。")
        }
    }

    /// nil where nobody waits: another works there.
    private var waits: Phrase? {
        switch cause {
        case .gone, .notAFolder:
            Phrase("Everything waits; it goes on by itself when the folder is back.", zh: "全部等待；恢复后会自动继续。")
        case .another:
            Phrase("Everything waits; it goes on by itself when the right one is back.", zh: "全部等待；原文件夹恢复后会自动继续。")
        case .unreadable, .unwritable:
            Phrase("Everything waits; it goes on by itself then.", zh: "全部等待；恢复权限后会自动继续。")
        case .readOnly:
            Phrase("Everything waits; it goes on by itself when it can be written again.", zh: "全部等待；可以写入后会自动继续。")
        case .failing:
            Phrase("Everything waits; it goes on by itself when it answers again.", zh: "全部等待；恢复后会自动继续。")
        case .taken, .lost: nil
        }
    }

    private var advice: Phrase? {
        guard cause == .another else { return nil }
        return Phrase(
            "If this is the right one from now on, start once with: heygem-watch run --adopt",
            zh: "如果今后就用这个文件夹，请启动一次：heygem-watch run --adopt")
    }
}
