package import Disk
package import SystemPackage

/// The bytes of an entry in a file.
package struct ZipSource: Sendable {
    let file: OpenFile
    let start: Int64
    /// nil: all that the file has.
    let size: Int64?
    /// Of the file before it is read: what it has after that must be the same.
    private let signature: FileSignature

    package static func whole(_ file: OpenFile) throws(Errno) -> ZipSource {
        ZipSource(file: file, start: 0, size: nil, signature: try file.status().signature)
    }

    /// A piece of a larger file, as an entry of an archive is.
    package static func piece(of file: OpenFile, at start: Int64, size: Int64) throws(Errno) -> ZipSource {
        ZipSource(file: file, start: start, size: size, signature: try file.status().signature)
    }

    /// Throws where the file has another number of bytes than the archive has room for.
    func check(_ name: String, wanted: Int64) throws(ZipProblem) {
        let found = size ?? signature.size
        guard found == wanted, start + found <= signature.size else {
            throw .sourceChanged(entry: name, "it has \(found) bytes instead of \(wanted)")
        }
    }

    /// Throws where the file is no longer what it was.
    func checkUnchanged(_ name: String) throws(ZipProblem) {
        let now: FileSignature
        do { now = try file.status().signature } catch { throw .unreadable(entry: name, error) }
        guard now.isSameContent(as: signature) else {
            throw .sourceChanged(entry: name, "somebody wrote to it")
        }
    }
}
