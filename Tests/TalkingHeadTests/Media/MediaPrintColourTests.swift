import TalkingHead
import Testing

/// JPEGs from print shops hold cyan, magenta, yellow and black. The ffmpeg command can't write them, so one is built
/// here by hand: 64 x 64 pixels of one colour.
@Suite struct MediaPrintColourTests {
    /// Stored inverted, as Adobe's programs do: 255 is no ink.
    @Test(
        "print colours are understood",
        arguments: [
            ([255, 0, 0, 255], Sample.red), ([0, 255, 0, 255], .green), ([255, 255, 255, 255], .white),
            ([255, 255, 255, 0], .black), ([0, 0, 255, 255], .blue),
        ])
    func ink(stored: [Int], wanted: Sample) throws {
        let folder = try MediaFolder()
        let file = try folder.write("print.jpg", Self.jpeg(stored, note: 0))
        let found = try StillReader.read(file).picture.quarters
        #expect(found.allSatisfy { $0.isNear(wanted) }, "\(found[0]) in place of \(wanted)")
    }

    @Test(
        "without Adobe's note the numbers are how much ink there is",
        arguments: [
            ([0, 255, 255, 0], Sample.red), ([255, 0, 255, 0], .green), ([0, 0, 0, 0], .white),
            ([0, 0, 0, 255], .black),
            ([255, 255, 0, 0], .blue),
        ])
    func plain(ink: [Int], wanted: Sample) throws {
        let folder = try MediaFolder()
        let found = try StillReader.read(folder.write("print.jpg", Self.jpeg(ink, note: nil))).picture.quarters
        #expect(found.allSatisfy { $0.isNear(wanted) }, "\(found[0]) in place of \(wanted)")
    }

    /// - Parameter note: Adobe's number for the colours (0 print colours, 2 the same as brightness and differences); nil
    ///   without Adobe's segment.
    static func jpeg(_ colour: [Int], note: UInt8?) -> [UInt8] {
        var bytes: [UInt8] = [0xff, 0xd8]
        func segment(_ marker: UInt8, _ content: [UInt8]) {
            bytes += [0xff, marker, 0, UInt8(content.count + 2)] + content
        }
        if let note { segment(0xee, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, note]) }
        segment(0xdb, [0] + Array(repeating: 1, count: 64))
        segment(0xc0, [8, 0, 64, 0, 64, 4] + (1...4).flatMap { [UInt8($0), 0x11, 0] })
        // a difference of n bits has the code n, of four bits; every block ends after its mean, code 0
        segment(0xc4, [0x00, 0, 0, 0, 12] + Array(repeating: 0, count: 12) + Array(0..<12))
        segment(0xc4, [0x10, 1] + Array(repeating: 0, count: 15) + [0])
        segment(0xda, [4] + (1...4).flatMap { [UInt8($0), 0x00] } + [0, 63, 0])
        var bits = ""
        for level in colour {
            let mean = (level - 128) * 8
            let width = Int.bitWidth - abs(mean).leadingZeroBitCount
            bits += binary(width, 4) + (width > 0 ? binary(mean < 0 ? mean + (1 << width) - 1 : mean, width) : "") + "0"
        }
        bits += String(repeating: "00000", count: 63 * 4)
        bits += String(repeating: "1", count: (8 - bits.count % 8) % 8)
        var rest = Substring(bits)
        while let byte = UInt8(rest.prefix(8), radix: 2), !rest.isEmpty {
            bytes += byte == 0xff ? [0xff, 0] : [byte]
            rest = rest.dropFirst(8)
        }
        return bytes + [0xff, 0xd9]
    }

    private static func binary(_ value: Int, _ width: Int) -> String {
        let digits = String(value, radix: 2)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
