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

    /// In bytes.
    static let longestEnding = allCases.map(\.rawValue.utf8.count).max() ?? 0

    func finalName(_ baseName: String) -> FilePath {
        FilePath(baseName + rawValue)
    }
}
