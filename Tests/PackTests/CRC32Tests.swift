import CZlib
import Pack
import Testing

@Suite struct CRC32Tests {
    @Test("the check value of the CRC catalogue, and nothing at all")
    func checkValue() {
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
    }

    @Test("pieces of any length give what zlib gives for the whole", arguments: [1, 7, 4096, 100_000])
    func agreesWithZlib(piece: Int) {
        var random = SeededGenerator(seed: UInt64(piece))
        let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        var crc = CRC32()
        bytes.withUnsafeBytes { all in
            for start in stride(from: 0, to: all.count, by: piece) {
                crc.update(UnsafeRawBufferPointer(rebasing: all[start..<min(start + piece, all.count)]))
            }
        }
        #expect(crc.value == UInt32(crc32(0, bytes, UInt32(bytes.count))))
    }
}
