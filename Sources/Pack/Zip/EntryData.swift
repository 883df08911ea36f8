import Crypto

/// What the bytes of an entry are, as they were read.
package struct EntryData: Hashable, Sendable {
    package var crc32: UInt32
    /// 64 lower-case hexadecimal digits, where it was asked for.
    package var sha256: String?
    /// Where they were to be kept and are not more than that.
    var bytes: [UInt8]?

    package init(crc32: UInt32, sha256: String? = nil) { (self.crc32, self.sha256) = (crc32, sha256) }
}

/// What of the entries is wanted beside their CRC.
struct EntryKeeping: Sendable {
    /// Their SHA-256.
    var hashes: Bool
    /// The entry whose bytes are kept, at most `limit` of them.
    var name: String?
    var limit: Int

    static let nothing = EntryKeeping(hashes: false, name: nil, limit: 0)
}

/// Gathers `EntryData` piece by piece.
struct EntrySums {
    private var crc = CRC32()
    private var hash: SHA256?
    private var bytes: [UInt8]?
    private let limit: Int

    init(hashing: Bool, keeping limit: Int?) {
        hash = hashing ? SHA256() : nil
        bytes = limit == nil ? nil : []
        self.limit = limit ?? 0
    }

    mutating func update(_ piece: UnsafeRawBufferPointer) {
        crc.update(piece)
        hash?.update(bufferPointer: piece)
        guard let kept = bytes?.count else { return }
        if kept + piece.count <= limit { bytes?.append(contentsOf: piece) } else { bytes = nil }
    }

    var data: EntryData {
        var data = EntryData(crc32: crc.value, sha256: hash?.finalize().hexadecimal)
        data.bytes = bytes
        return data
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
