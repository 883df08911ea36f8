package import SystemPackage
package import Words

/// What stands in a file that says something about its batch.
package enum Manifest: Hashable, Sendable {
    case marker(MarkerContent)
    case items(ItemsTable)
    case checksums(ChecksumList)
    /// Its batch is held until the file is mended or gone.
    case unusable(Problem)

    /// How much of such a file is read: one byte more than is allowed, which tells that it is too large.
    package static func readLimit(_ role: FileRole) -> Int {
        switch role {
        case .table: 1 + ItemsTable.sizeLimit
        case .checksums: 1 + ChecksumList.sizeLimit
        default: 1 + MarkerContent.sizeLimit
        }
    }

    /// - Parameters:
    ///   - path: how problems name it.
    ///   - bytes: at most ``readLimit(_:)`` of them.
    ///   - role: `.marker`, `.table` or `.checksums`.
    ///   - engines: those that a marker may ask for.
    package static func read(_ path: FilePath, _ bytes: [UInt8], as role: FileRole, engines: Set<String>) -> Manifest {
        let file = String(decoding: path.bytes, as: UTF8.self)
        do throws(Problem) {
            return switch role {
            case .table: .items(try ItemsTable.parse(bytes, file: file))
            case .checksums:
                .checksums(try ChecksumList.parse(bytes, file: file, isTop: path.components.count == 1))
            default: .marker(try MarkerContent.parse(bytes, file: file, engines: engines))
            }
        } catch {
            return .unusable(error)
        }
    }
}
