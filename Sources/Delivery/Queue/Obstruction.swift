import GRDB
import Pack
import SystemPackage
package import Words

/// Something outside of us refuses for now: a full disk, a share that is away, a lost permission.
package struct Obstruction: Error, CustomStringConvertible {
    /// What is wrong and what to do, for people.
    package let phrase: Phrase

    package var description: String { phrase.en }

    /// - Parameter work: what could not be done, as the beginning of a line.
    init(_ error: any Error, doing work: Phrase) {
        let words = Self.words(error)
        phrase = Phrase("\(work.en): \(words.en)", zh: "\(work.zh)：\(words.zh)")
    }

    private static func words(_ error: any Error) -> Phrase {
        switch error {
        case let error as Errno: words(error)
        case let error as Obstruction: error.phrase
        case let error as any ToldError: error.phrase
        case ZipProblem.unwritable(let error), ZipProblem.archiveUnreadable(let error),
            ZipProblem.unreadable(_, let error):
            words(error)
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: words(Errno.noSpace)
        case is InputChanged: Phrase("the file is being changed", zh: "文件正在被修改")
        default: Phrase(verbatim: "\(error)")
        }
    }

    private static func words(_ error: Errno) -> Phrase {
        switch error {
        case .noSpace, .diskQuotaExceeded:
            Phrase("the disk is full; free some space, it goes on by itself", zh: "磁盘已满；请清理空间，之后会自动继续")
        case .permissionDenied, .notPermitted:
            Phrase("no permission; give it back, it goes on by itself", zh: "没有权限；恢复权限后会自动继续")
        case .readOnlyFileSystem:
            Phrase("the disk is read-only; it goes on when it can be written again", zh: "磁盘只读；可以写入后会自动继续")
        case .noSuchFileOrDirectory:
            Phrase("it is not there now; it goes on when it is back", zh: "目前不存在；恢复后会自动继续")
        default: Phrase("\(error); it is tried again", zh: "\(error)；会自动重试")
        }
    }
}

/// An error of ours that says itself what people should know.
protocol ToldError: Error {
    /// Follows what could not be done, and a colon.
    var phrase: Phrase { get }
}
