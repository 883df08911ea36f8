import Pack
import SystemPackage

/// The files of a delivery, in the order in which they appear: who sees the ZIP can use all three.
enum ResultKind: String, CaseIterable {
    case csv = ".csv"
    case checksum = ".zip.sha256"
    case zip = ".zip"

    /// Hidden, and known by the delivery: whoever watches the outbox for `*.zip` doesn't see it.
    func partialName(_ delivery: String) -> FilePath {
        FilePath(".heygem-\(delivery)\(rawValue).partial")
    }

    func finalName(_ baseName: String) -> FilePath {
        FilePath(baseName + rawValue)
    }
}

/// Names of batches and of their results.
enum ResultName {
    /// Leaves room in 255 bytes for the time, a number and the endings.
    private static let batchBytes = 80

    /// For example `20251219_142007_dealers-july`.
    static func batchID(_ name: [UInt8], time: CivilTime) -> String {
        let safe = SafeName.assign([name], reserved: []).first?.name ?? "batch"
        var part = Substring(safe)
        while part.utf8.count > batchBytes { part.removeLast() }
        while part.last == " " || part.last == "." { part.removeLast() }
        return "\(time.compact)_\(part)"
    }

    /// - Parameter number: 1, and more when it is taken.
    static func baseName(_ batch: String, number: Int) -> String {
        "heygem_batch_result_\(batch)" + (number > 1 ? "-\(number)" : "")
    }
}
