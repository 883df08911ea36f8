import CZlib

/// The checksum of ZIP (the reflected CRC-32 of IEEE 802.3), computed piece by piece by ISA-L.
package struct CRC32: Sendable {
    /// The checksum of the bytes given so far; 0 for none.
    package private(set) var value: UInt32 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        value = crc32_gzip_refl(value, start, UInt64(bytes.count))
    }

    package static func of(_ bytes: [UInt8]) -> UInt32 {
        var crc = CRC32()
        bytes.withUnsafeBytes { crc.update($0) }
        return crc.value
    }
}
