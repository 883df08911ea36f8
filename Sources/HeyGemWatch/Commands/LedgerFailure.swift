import Delivery
import Foundation
import SystemPackage

/// Why a ledger could not be opened or read, in words.
struct LedgerFailure: CustomStringConvertible {
    let description: String
    /// Whether the file is no database any more.
    let isDamage: Bool
    /// Whether the words hold the advice, too.
    let saysWhatToDo: Bool

    init(_ error: any Error) {
        saysWhatToDo = error is LedgerProblem
        guard !saysWhatToDo, !(error is Errno) else {
            (description, isDamage) = ("\(error)", false)
            return
        }
        let cause = error as NSError
        isDamage = cause.domain == Self.database && Self.damage.contains(cause.code & 0xFF)
        if let code = Self.systemCode(cause) {
            description = "\(Errno(rawValue: code))"
        } else {
            // what stands behind the dash is a statement
            description = cause.localizedDescription.components(separatedBy: " - while executing")[0]
        }
    }

    private static let database = "GRDB.DatabaseError"
    /// SQLITE_CORRUPT and SQLITE_NOTADB; extended codes have them in their lowest byte.
    private static let damage = [11, 26]

    private static func systemCode(_ error: NSError) -> Int32? {
        if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
        return (error.userInfo[NSUnderlyingErrorKey] as? NSError).flatMap(systemCode)
    }
}
