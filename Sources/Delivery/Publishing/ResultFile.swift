import Pack
import SystemPackage

/// A file of a delivery: the CSV of all of it, and each ZIP with its checksum.
enum ResultFile: Hashable {
    case csv
    case checksum(ZipPart)
    case zip(ZipPart)

    /// In the order in which they appear: who sees the last ZIP can use all of them.
    static func all(zips count: Int) -> [ResultFile] {
        let parts = ZipPart.all(count)
        return [.csv] + parts.map(checksum) + parts.map(zip)
    }

    /// Hidden, and known by the delivery: whoever watches the outbox for `*.zip` doesn't see it.
    func partialName(_ delivery: String) -> FilePath {
        FilePath(Self.partialStart(delivery) + ending + Self.partialEnd)
    }

    /// Whether it is a partial of this delivery, however many ZIPs that was to have.
    static func isPartial(_ name: String, of delivery: String) -> Bool {
        name.hasPrefix(partialStart(delivery)) && name.hasSuffix(partialEnd)
    }

    func finalName(_ baseName: String) -> FilePath { FilePath(baseName + ending) }

    /// In bytes.
    static let longestEnding = checksum(ZipPart(number: 999_999, count: 999_999)).ending.utf8.count

    /// The base names that a file of this name may belong to, the likeliest first.
    static func baseNames(of name: String) -> [String] {
        let ending = [Self.checksumEnding, zipEnding, csvEnding].first(where: name.hasSuffix) ?? ""
        let stem = String(name.dropLast(ending.count))
        let whole = stem.replacing(/-[0-9]+of[0-9]+$/, with: "")
        return whole == stem ? [stem] : [stem, whole]
    }

    private var ending: String {
        switch self {
        case .csv: Self.csvEnding
        case .checksum(let part): part.suffix + Self.checksumEnding
        case .zip(let part): part.suffix + Self.zipEnding
        }
    }

    private static let csvEnding = ".csv"
    private static let checksumEnding = ".zip.sha256"
    private static let zipEnding = ".zip"
    private static let partialEnd = ".partial"
    private static func partialStart(_ delivery: String) -> String { ".heygem-\(delivery)" }
}
