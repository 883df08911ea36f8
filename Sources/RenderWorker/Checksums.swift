import CZlib
import Crypto

/// CRC-32 and SHA-256 of a file's bytes, as they pass.
struct Checksums {
    /// A sign of life each time so much has passed: half a second of a slow disk.
    private static let stride = 64 << 20

    private(set) var crc32: UInt32 = 0
    private var hash = SHA256()
    private var sinceLife = 0
    private let alive: () -> Void

    init(alive: @escaping () -> Void) {
        self.alive = alive
    }

    /// 64 lower-case hexadecimal digits.
    var sha256: String {
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        crc32 = crc32_gzip_refl(crc32, bytes.baseAddress, UInt64(bytes.count))
        hash.update(bufferPointer: bytes)
        sinceLife += bytes.count
        guard sinceLife >= Self.stride else { return }
        sinceLife = 0
        alive()
    }
}
