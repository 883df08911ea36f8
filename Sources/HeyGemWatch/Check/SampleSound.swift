import Foundation

/// Two seconds that a mouth can move to: a hum that swells and fades four times a second, as syllables do.
enum SampleSound {
    static let seconds = 2.0
    private static let rate = 16_000

    /// A WAV of one channel and 16 bits.
    static var wave: [UInt8] {
        let samples = (0..<Int(seconds * Double(rate))).flatMap { index -> [UInt8] in
            let time = Double(index) / Double(rate)
            // 140 Hz and its harmonics up to 2 kHz: a voice, more or less
            let voice = (1...14).reduce(0.0) { $0 + sin(2 * .pi * 140 * Double($1) * time) / Double($1) }
            let loudness = 0.5 - 0.5 * cos(2 * .pi * 4 * time)
            return bytes(of: UInt16(bitPattern: Int16(voice * loudness * 9000)))
        }
        let format = bytes(of: UInt16(1)) + bytes(of: UInt16(1)) + bytes(of: UInt32(rate)) + bytes(of: UInt32(rate * 2))
        return Array("RIFF".utf8) + bytes(of: UInt32(36 + samples.count)) + Array("WAVEfmt ".utf8)
            + bytes(of: UInt32(16)) + format + bytes(of: UInt16(2)) + bytes(of: UInt16(16)) + Array("data".utf8)
            + bytes(of: UInt32(samples.count)) + samples
    }

    private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
