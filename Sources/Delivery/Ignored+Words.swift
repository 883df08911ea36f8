import Watch
import Words

extension Ignored {
    /// Whether a person may have meant it as an audio or avatar.
    var isTold: Bool { self == .symlink || self == .special }

    /// What follows a file's name, for people.
    var phrase: Phrase {
        switch self {
        case .hidden: Phrase("a hidden file", zh: "隐藏文件")
        case .temporary: Phrase("a temporary file of a program that is still writing", zh: "某程序正在写入的临时文件")
        case .junk: Phrase("a file that a system or NAS made for itself", zh: "系统或 NAS 自己生成的文件")
        case .symlink:
            Phrase("a symbolic link, which is never followed; copy the file itself", zh: "符号链接，本服务不会跟随；请复制文件本身")
        case .special: Phrase("not a file; copy an ordinary file", zh: "不是普通文件；请复制普通文件")
        case .own: Phrase("a note of this service about a marker", zh: "本服务关于完成标记的说明")
        }
    }
}
