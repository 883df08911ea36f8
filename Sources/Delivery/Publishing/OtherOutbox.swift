import SystemPackage
import Words

/// The files of a prepared delivery stand in another outbox: nobody has taken them away.
struct OtherOutbox: ToldError {
    let path: FilePath

    var phrase: Phrase {
        Phrase(
            "its files were made for another outbox than \(path). Give that one back, it goes on by itself; or start once "
                + "with heygem-watch run --adopt: then they are made anew for this one",
            zh: "其文件是为另一个输出文件夹制作的，不是 \(path)。请恢复原来的输出文件夹，之后会自动继续；或启动一次 heygem-watch run --adopt：将为当前文件夹重新制作")
    }
}
