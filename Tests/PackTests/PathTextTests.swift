import Pack
import Testing

@Suite struct PathTextTests {
    static let table: [([UInt8], String)] = [
        (Array("a b/视频 😀.wav".utf8), "a b/视频 😀.wav"),
        (Array("a\\b".utf8), "a\\\\b"),
        (Array("a\nb".utf8), "a\\x0Ab"),
        (Array("a\u{202E}b".utf8), "a\\xE2\\x80\\xAEb"),
        ([0x61, 0xFF, 0xC3], "a\\xFF\\xC3"),
        ([], ""),
    ]

    @Test("what nobody sees and what is no text is written in hexadecimal digits", arguments: table)
    func spelling(bytes: [UInt8], text: String) {
        #expect(Array(PathText.text(of: bytes).utf8) == Array(text.utf8))
    }

    @Test("any bytes can be told again from their text", arguments: 1...10)
    func roundTrip(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces: [[UInt8]] = [
            [0xFF], [0xC3], [0xA9], [0x5C], [0x78], [0x0A], [0xE2, 0x80, 0xAE], [0x41], [0xC3, 0xA9],
        ]
        for _ in 0..<200 {
            let bytes = (0..<8).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
            let text = PathText.text(of: bytes)
            #expect(PathText.bytes(of: text) == bytes, "seed \(seed): \(text)")
        }
    }
}
