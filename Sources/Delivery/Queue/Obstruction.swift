package import Disk
import GRDB
import Pack
import SystemPackage
package import Words

/// Something outside of us refuses for now: a full disk, a share that is away, a lost permission.
package struct Obstruction: Error, CustomStringConvertible {
    /// What is wrong.
    let cause: Phrase
    /// The same, and what to do.
    package let phrase: Phrase
    /// The root that is away; nil for any other reason.
    package let away: RootAway?
    /// Too little room is left: old videos may make place, and else somebody has to, however long that takes.
    let isShortage: Bool
    /// The ledger refuses, so that nothing can be brought to an end.
    let isOfLedger: Bool

    package var description: String { phrase.en }

    /// - Parameter work: what could not be done, as the beginning of a line.
    init(_ error: any Error, doing work: Phrase) {
        let inner = error as? Obstruction
        let (what, outlook) = Self.words(error)
        away = error as? RootAway ?? inner?.away
        isShortage = Self.isShortage(error) || inner?.isShortage == true
        isOfLedger = error is DatabaseError || inner?.isOfLedger == true
        cause = Phrase("\(work.en): \(what.en)", zh: "\(work.zh)：\(what.zh)")
        phrase = outlook.isEmpty ? cause : .joined([cause, outlook])
    }

    /// Whether one who was told of the other knows of this: how much room is missing changes all the time.
    func isKnown(from other: Obstruction?) -> Bool {
        guard let other else { return false }
        return phrase == other.phrase || isShortage && other.isShortage
    }

    /// Whether it is waited for however long it takes: without the ledger nothing can be brought to an end, a root comes
    /// back, and room is made.
    var mayLast: Bool { isOfLedger || isShortage || away != nil }

    private static func isShortage(_ error: any Error) -> Bool {
        switch error {
        case let error as Errno: [.noSpace, .diskQuotaExceeded].contains(error)
        case ZipProblem.unwritable(let error): isShortage(error)
        default: error is NotEnoughRoom
        }
    }

    /// - Returns: what is wrong, and what to do where that isn't said already.
    private static func words(_ error: any Error) -> (Phrase, Phrase) {
        switch error {
        case let error as Errno: words(error)
        case let error as Obstruction: (error.phrase, none)
        case let error as any ToldError: (error.phrase, none)
        case ZipProblem.unwritable(let error), ZipProblem.archiveUnreadable(let error),
            ZipProblem.unreadable(_, let error):
            words(error)
        case let error as DatabaseError: words(error)
        case is InputChanged: (Phrase("the file is being changed", zh: "文件正在被修改"), none)
        default: (Phrase(verbatim: "\(error)"), none)
        }
    }

    private static let none = Phrase(verbatim: "")

    private static func words(_ error: Errno) -> (Phrase, Phrase) {
        switch error {
        case .noSpace: (Phrase("the disk is full", zh: "磁盘已满"), room)
        case .diskQuotaExceeded: (Phrase("the disk is full, or the quota is used up", zh: "磁盘已满或配额已用尽"), room)
        case .permissionDenied, .notPermitted:
            (Phrase("no permission", zh: "没有权限"), Phrase("give it back, it goes on by itself", zh: "恢复权限后会自动继续"))
        case .readOnlyFileSystem:
            (
                Phrase("the disk is read-only", zh: "磁盘只读"),
                Phrase("it goes on when it can be written again", zh: "可以写入后会自动继续")
            )
        case .noSuchFileOrDirectory:
            (Phrase("it is not there now", zh: "目前不存在"), Phrase("it goes on when it is back", zh: "恢复后会自动继续"))
        case .ioError:
            (Phrase("the disk or the share reports an error", zh: "磁盘或共享报告错误"), again)
        case .staleNFSFileHandle:
            (Phrase("the share has lost its folders for now", zh: "共享的文件夹暂时失效"), again)
        default: (Phrase(verbatim: "\(error)"), again)
        }
    }

    private static let room = Phrase("free some space, it goes on by itself", zh: "请清理空间，之后会自动继续")
    private static let again = Phrase("it is tried again", zh: "会自动重试")

    private static func words(_ error: DatabaseError) -> (Phrase, Phrase) {
        let ledger = Phrase("the state folder", zh: "状态文件夹")
        let (what, outlook) =
            switch error.resultCode {
            case .SQLITE_FULL: words(Errno.noSpace)
            case .SQLITE_READONLY: words(Errno.readOnlyFileSystem)
            case .SQLITE_IOERR, .SQLITE_CANTOPEN: words(Errno.ioError)
            default: (Phrase(verbatim: "\(error)"), again)
            }
        return (Phrase("\(ledger.en): \(what.en)", zh: "\(ledger.zh)：\(what.zh)"), outlook)
    }
}

/// An error of ours that says itself what people should know.
protocol ToldError: Error {
    /// Follows what could not be done, and a colon.
    var phrase: Phrase { get }
}

extension Errno {
    /// A disk or share that fails now and may work again in a moment; nobody has refused anything.
    var isPassing: Bool { [.ioError, .noSpace, .diskQuotaExceeded, .staleNFSFileHandle].contains(self) }
}

extension Error {
    /// Whether waiting may help: not for a ledger or a folder that can't be used at all.
    var canPass: Bool {
        switch self {
        case let error as Errno: error.isPassing || error.isRefusal
        case let error as DatabaseError:
            [.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_BUSY].contains(error.resultCode)
        default: self is RootAway
        }
    }
}
