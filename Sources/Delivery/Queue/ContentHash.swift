import Crypto
package import Disk
package import SystemPackage

/// The SHA-256 of whole files.
package enum ContentHash {
    /// Large enough that the calls don't count, small enough for a level-2 cache.
    private static let pieceSize = 256 << 10

    /// Reads a file from its first byte to its last.
    ///
    /// Blocks while it reads: not for the cooperative threads.
    /// - Returns: 64 lower-case hexadecimal digits.
    package static func sha256(of file: OpenFile, cancellation: Cancellation? = nil) throws(Errno) -> String {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 4096)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var offset: Int64 = 0
        while true {
            try cancellation?.check()
            let count = try file.read(into: buffer, at: offset)
            guard count > 0 else { return hash.finalize().hexadecimal }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }
}
