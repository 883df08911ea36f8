package import SystemPackage
package import Words

/// What stands in a file that says something about its batch.
package enum Manifest: Hashable, Sendable {
    case marker(MarkerContent)
    case items(ItemsTable)
    /// Its batch is held until the file is mended or gone.
    case unusable(Problem)

    /// How much of such a file is read: one byte more than is allowed, which tells that it is too large.
    package static func readLimit(_ role: FileRole) -> Int {
        1 + (role == .table ? ItemsTable.sizeLimit : MarkerContent.sizeLimit)
    }

    /// - Parameters:
    ///   - path: how problems name it.
    ///   - bytes: at most ``readLimit(_:)`` of them.
    ///   - role: `.marker` or `.table`.
    ///   - engines: those that a marker may ask for.
    package static func read(_ path: FilePath, _ bytes: [UInt8], as role: FileRole, engines: Set<String>) -> Manifest {
        let file = String(decoding: path.bytes, as: UTF8.self)
        do throws(Problem) {
            return role == .table
                ? .items(try ItemsTable.parse(bytes, file: file))
                : .marker(try MarkerContent.parse(bytes, file: file, engines: engines))
        } catch {
            return .unusable(error)
        }
    }
}
